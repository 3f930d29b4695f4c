"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const byIri = new Map(data.nodes.map((node) => [node.iri, node]));
  const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
  const hiddenKinds = new Set();
  let chosen = null; // {node} or {edge}
  let lit = new Set(); // ids of nodes that stay bright
  let hovered = null;

  data.edges.forEach((edge, number) => {
    edge.id = number;
    edgesOf.get(edge.from).push(edge);
    edgesOf.get(edge.to).push(edge);
  });

  // --- shapes ---------------------------------------------------------------------------------------------------

  const polygon = (points) => "M" + points.map((point) => point.map((value) => value.toFixed(2)).join(" ")).join("L") + "Z";
  const around = (count, radius, turn) =>
    Array.from({ length: count }, (_, index) => {
      const angle = turn + (2 * Math.PI * index) / count;
      const size = typeof radius === "function" ? radius(index) : radius;
      return [size * Math.cos(angle), size * Math.sin(angle)];
    });
  const CROSS = [[-3, -9], [3, -9], [3, -3], [9, -3], [9, 3], [3, 3], [3, 9], [-3, 9], [-3, 3], [-9, 3], [-9, -3], [-3, -3]];
  const PATHS = {
    square: polygon([[-8, -8], [8, -8], [8, 8], [-8, 8]]),
    dot: "M-8.5 0A8.5 8.5 0 1 0 8.5 0A8.5 8.5 0 1 0 -8.5 0Z",
    triangle: polygon([[0, -9], [9, 7], [-9, 7]]),
    triangleDown: polygon([[0, 9], [9, -7], [-9, -7]]),
    diamond: polygon([[0, -10], [10, 0], [0, 10], [-10, 0]]),
    hexagon: polygon(around(6, 9.5, 0)),
    star: polygon(around(10, (index) => (index % 2 ? 4.6 : 10.5), -Math.PI / 2)),
    cross: polygon(CROSS),
  };
  const pathOfKind = {};
  document.querySelectorAll("[data-shape]").forEach((path) => {
    path.setAttribute("d", PATHS[path.dataset.shape]);
    pathOfKind[path.closest("[data-kind]").dataset.kind] = PATHS[path.dataset.shape];
  });

  const drawCross = (node) => ({ ctx, x, y, state, style }) => ({
    drawNode() {
      ctx.save();
      ctx.globalAlpha = isDimmed(node.id) ? 0.2 : 1;
      ctx.beginPath();
      CROSS.forEach(([dx, dy]) => ctx.lineTo(x + (dx * style.size) / 9, y + (dy * style.size) / 9));
      ctx.closePath();
      ctx.fillStyle = node.color.background;
      ctx.fill();
      ctx.lineWidth = state.selected || state.hover ? 2 : 1.2;
      ctx.strokeStyle = node.color.border;
      ctx.stroke();
      ctx.restore();
    },
    nodeDimensions: { width: 2 * style.size, height: 2 * style.size },
  });

  // --- the network ----------------------------------------------------------------------------------------------

  const accent = "#0b63b0";
  const nodes = new vis.DataSet(
    data.nodes.map((node) => ({
      id: node.id, x: node.x, y: node.y, size: node.size, shape: node.shape, title: node.title,
      color: {
        ...node.color,
        highlight: { background: node.color.background, border: "#1d2530" },
        hover: { background: node.color.background, border: "#1d2530" },
      },
      ...(node.shape === "custom" ? { ctxRenderer: (options) => drawCross(node)(options) } : {}),
    })),
  );
  const edges = new vis.DataSet(
    data.edges.map((edge) => ({
      id: edge.id, from: edge.from, to: edge.to, width: edge.width, arrows: edge.arrows, title: edge.title,
      color: { color: edge.color, highlight: accent, hover: accent },
    })),
  );
  const container = document.getElementById("network");
  const network = new vis.Network(container, { nodes, edges }, data.options);

  const isHidden = (id) => hiddenKinds.has(byId.get(id).kind);
  const isDimmed = (id) => lit.size > 0 && !lit.has(id);
  const fit = () => {
    if (!data.nodes.length) return;
    const [xs, ys] = ["x", "y"].map((axis) => data.nodes.map((node) => node[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = { x: Math.max(80, container.clientWidth - 130), y: Math.max(80, container.clientHeight - 100) };
    const scale = Math.min(1.6, room.x / Math.max(right - left, 1), room.y / Math.max(bottom - top, 1));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
  };

  const light = (ids, edgeIds) => {
    lit = new Set(ids);
    const bright = new Set(edgeIds);
    nodes.update(data.nodes.map((node) => ({ id: node.id, opacity: isDimmed(node.id) ? 0.2 : 1 })));
    edges.update(
      data.edges.map((edge) => ({
        id: edge.id,
        color: {
          color: bright.has(edge.id) ? accent : edge.color, highlight: accent, hover: accent,
          opacity: lit.size > 0 && !bright.has(edge.id) ? 0.3 : 1,
        },
      })),
    );
  };

  // --- labels: the important first, none over another -----------------------------------------------------------

  const importance = (node) => edgesOf.get(node.id).length + (node.kind === "paper" ? 0.5 : 0);
  const ranked = [...data.nodes].sort((one, other) => importance(other) - importance(one) || one.id - other.id);
  const strong = new Set(ranked.slice(0, Math.max(3, Math.min(24, ranked.length / 10))).map((node) => node.id));
  const boxes = [];
  const overlaps = (box) =>
    boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);

  network.on("afterDrawing", (ctx) => {
    const unit = 1 / network.getScale();
    const size = 12.5 * unit;
    boxes.length = 0;
    const [left, top] = Object.values(network.DOMtoCanvas({ x: 4, y: 4 }));
    const [right, bottom] = Object.values(
      network.DOMtoCanvas({ x: container.clientWidth - 4, y: container.clientHeight - 4 }));
    view = [left, top, right, bottom];
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.lineJoin = "round";
    const visible = ranked.filter((node) => !isHidden(node.id));
    const marks = visible.map((node) => {
      const reach = node.size * 0.7;
      return { id: node.id, box: [node.x - reach, node.y - reach, node.x + reach, node.y + reach] };
    });
    const first = visible.filter((node) => node.id === hovered || (chosen && node.id === chosen.id));
    const then = visible.filter((node) => lit.has(node.id) && !first.includes(node));
    const rest = lit.size > 0 ? [] : visible.filter((node) => !first.includes(node));
    for (const node of first) place(ctx, node, size, unit, [], true);
    for (const node of then) place(ctx, node, size, unit, marks.filter((mark) => lit.has(mark.id)), false);
    rest.forEach((node, index) => {
      const isPlaced = place(ctx, node, size, unit, index < 8 ? marks.slice(0, 24) : marks, false);
      if (!isPlaced && index < 8) place(ctx, node, size, unit, [], false);
    });
    ctx.restore();
  });

  let view = [0, 0, 0, 0];
  const isCut = (box) => box[0] < view[0] || box[1] < view[1] || box[2] > view[2] || box[3] > view[3];
  const place = (ctx, node, size, unit, marks, isForced) => {
    const isStrong = isForced || strong.has(node.id);
    ctx.font = `${isStrong ? 600 : 400} ${size}px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
    const text = isForced ? node.full.slice(0, 90) : node.short;
    const width = ctx.measureText(text).width / 2 + 2 * unit;
    const height = size * 0.62;
    const gap = node.size + 3 * unit;
    const spots = [
      [node.x, node.y + gap + height], [node.x, node.y - gap - height],
      [node.x + gap + width, node.y], [node.x - gap - width, node.y],
    ];
    for (const [x, y] of spots) {
      const box = [x - width, y - height, x + width, y + height];
      if (!isForced && (isCut(box) || overlaps(box) || marks.some((mark) => mark.id !== node.id && meets(box, mark.box)))) continue;
      boxes.push(box);
      ctx.lineWidth = 3.5 * unit;
      ctx.strokeStyle = "rgba(251,252,253,.92)";
      ctx.strokeText(text, x, y);
      ctx.fillStyle = "#1d2530";
      ctx.fillText(text, x, y);
      return true;
    }
    return false;
  };
  const meets = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

  // --- details; every text goes in as text, never as markup -----------------------------------------------------

  const details = document.getElementById("details");
  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const mark = (kind) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "-10 -10 20 20");
    svg.setAttribute("class", "shape");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", `mark-${kind}`);
    path.setAttribute("d", pathOfKind[kind]);
    svg.append(path);
    return svg;
  };
  const nodeButton = (node) => {
    const button = element("button");
    button.type = "button";
    button.append(mark(node.kind), element("span", node.full));
    button.addEventListener("click", () => select(node));
    return button;
  };
  const quote = (fact, className, known = []) => {
    const block = element("blockquote", null, className);
    block.append(element("q", fact.quote));
    const source = [known.includes(fact.paper) ? null : fact.paper, fact.confidence === null ? null : `confidence ${fact.confidence.toFixed(2)}`];
    if (fact.papers > 1) source.push(`stated in ${fact.papers} papers`);
    block.append(element("footer", source.filter(Boolean).join(" · ")));
    return block;
  };

  const showNode = (node) => {
    const what = element("p", null, "what");
    what.append(mark(node.kind), element("span", node.year ? `${node.kind}, ${node.year}` : node.kind));
    details.replaceChildren(element("h2", node.full), what);
    if (node.names.length) {
      const more = node.name_count > node.names.length ? " …" : "";
      details.append(element("p", `Also written ${node.names.join(", ")}${more}`, "names"));
    }
    if (node.address && /^https?:\/\//i.test(node.address)) {
      const link = element("a", "Read the paper");
      Object.assign(link, { href: node.address, rel: "noopener noreferrer", target: "_blank" });
      const line = element("p");
      line.append(link);
      details.append(line);
    }
    const groups = new Map();
    for (const edge of edgesOf.get(node.id)) {
      for (const fact of edge.statements) {
        const isSubject = fact.from === node.iri;
        const phrase = isSubject ? fact.phrase : fact.inverse;
        if (!groups.has(phrase)) groups.set(phrase, []);
        groups.get(phrase).push([byIri.get(isSubject ? fact.to : fact.from), fact]);
      }
    }
    for (const [phrase, members] of [...groups].sort((one, other) => one[0].localeCompare(other[0]))) {
      details.append(element("h3", `${phrase} (${members.length})`));
      const list = element("ul");
      for (const [other, fact] of members.sort((one, two) => one[0].full.localeCompare(two[0].full))) {
        const item = element("li");
        item.append(nodeButton(other));
        if (fact.quote) item.append(quote(fact, "short", [node.full, other.full]));
        list.append(item);
      }
      details.append(list);
    }
    details.scrollTop = 0;
  };

  const showEdge = (edge) => {
    details.replaceChildren(element("h2", "Connection"));
    for (const fact of edge.statements) {
      const line = element("p", null, "fact");
      line.append(nodeButton(byIri.get(fact.from)), element("em", ` ${fact.phrase} `), nodeButton(byIri.get(fact.to)));
      details.append(line);
      if (fact.quote) details.append(quote(fact));
      else details.append(element("p", "From the paper's record.", "hint"));
    }
  };

  const showNothing = () => {
    details.replaceChildren(
      element("p", "Click a node to see what is stated about it, or a line to see the sentence behind it.", "hint"),
      element("p", "Scroll to zoom: more labels appear. Drag to move.", "hint"),
    );
  };

  const select = (node, isFocused = true) => {
    if (isHidden(node.id)) toggle(node.kind);
    chosen = { id: node.id };
    const own = edgesOf.get(node.id);
    light([node.id, ...own.flatMap((edge) => [edge.from, edge.to])], own.map((edge) => edge.id));
    network.selectNodes([node.id], false);
    showNode(node);
    if (isFocused) network.focus(node.id, { scale: Math.max(network.getScale(), 0.9), animation: { duration: 350 } });
    history.replaceState(null, "", `#${encodeURIComponent(node.iri)}`);
  };
  const selectEdge = (edge) => {
    chosen = { id: null };
    light([edge.from, edge.to], [edge.id]);
    showEdge(edge);
  };
  const clear = () => {
    chosen = null;
    light([], []);
    network.unselectAll();
    showNothing();
    history.replaceState(null, "", location.pathname + location.search);
  };

  network.on("click", (event) => {
    if (event.nodes.length) select(byId.get(event.nodes[0]), false);
    else if (event.edges.length) selectEdge(data.edges[event.edges[0]]);
    else clear();
  });
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  network.on("dragEnd", ({ nodes: moved }) => {
    const places = network.getPositions(moved);
    moved.forEach((id) => Object.assign(byId.get(id), places[id]));
    network.redraw();
  });

  // --- legend, search, tools ------------------------------------------------------------------------------------

  const toggle = (kind) => {
    const isShown = hiddenKinds.delete(kind);
    if (!isShown) hiddenKinds.add(kind);
    document.querySelector(`.kind[data-kind="${kind}"]`).setAttribute("aria-pressed", String(isShown));
    nodes.update(data.nodes.filter((node) => node.kind === kind).map((node) => ({ id: node.id, hidden: !isShown })));
  };
  document.querySelectorAll(".kind").forEach((button) =>
    button.addEventListener("click", () => toggle(button.dataset.kind)));

  const search = document.getElementById("search");
  const matches = document.getElementById("matches");
  let found = [];
  let marked = 0;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map(data.nodes.map((node) => [node.id, fold([node.full, ...node.names].join("\n"))]));
  const rank = (node, wanted) => {
    const text = texts.get(node.id);
    return text.startsWith(wanted) ? 0 : text.split(/[\s\-/]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  const showMatches = () => {
    const wanted = fold(search.value.trim());
    found = wanted === "" ? [] : ranked.filter((node) => texts.get(node.id).includes(wanted));
    found = found.sort((one, other) => rank(one, wanted) - rank(other, wanted)).slice(0, 12);
    marked = Math.min(marked, Math.max(0, found.length - 1));
    const items = found.map((node, index) => {
      const item = element("li");
      item.setAttribute("aria-selected", String(index === marked));
      item.append(mark(node.kind), element("span", node.full), element("small", node.kind));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(node); });
      return item;
    });
    if (wanted !== "" && !found.length) items.push(element("li", "Nothing shown here is called that."));
    matches.replaceChildren(...items);
    matches.hidden = wanted === "";
  };
  const pick = (node) => {
    matches.hidden = true;
    search.value = "";
    select(node);
  };
  search.addEventListener("input", () => { marked = 0; showMatches(); });
  search.addEventListener("blur", () => { matches.hidden = true; });
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      marked = Math.max(0, Math.min(found.length - 1, marked + (event.key === "ArrowDown" ? 1 : -1)));
      showMatches();
    } else if (event.key === "Enter" && found.length) pick(found[marked]);
    else if (event.key === "Escape") { search.value = ""; showMatches(); }
  });

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: { duration: 150 } });
  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("wider").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("fit").addEventListener("click", fit);
  window.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target !== search) clear(); });

  showNothing();
  fit();
  const linked = byIri.get(decodeURIComponent(location.hash.slice(1)));
  const start = linked || (data.selected === null ? null : byId.get(data.selected));
  if (start) select(start, false);
})();
