"""Words that tell what an author does with a name, grouped by what they tell."""

from __future__ import annotations

from collections.abc import Mapping

_GROUPS = {
    "introduce": "introduce introduces introducing introduced present presents presenting presented "
    "propose proposes proposing proposed develop develops developing developed release "
    "releases released releasing construct constructs constructed constructing create created "
    "curate curated build built design designed contribute novel new named called dubbed "
    "termed unveil formalize formulate describe announce",
    "outperform": "outperform outperforms outperforming outperformed surpass surpasses surpassing surpassed "
    "exceed exceeds exceeding exceeded beat beats beating better superior over than higher "
    "faster lower versus vs",
    "compare": "compare compared comparing comparison baseline baselines against existing previous prior "
    "conventional traditional standard alternatives counterparts rival rivals competitive "
    "comparable unlike",
    "evaluate": "evaluate evaluates evaluated evaluating evaluation evaluations experiment experiments "
    "experimental test tests tested testing benchmark benchmarks benchmarked results achieve "
    "achieves achieved achieving measured measure assess assessed assessing validate "
    "validated demonstrate demonstrates show shows reaching reaches attains across analyze "
    "analysis study investigate examine",
    "use": "use uses using used leverage leverages leveraging leveraged employ employs employing "
    "employed utilize utilizes utilizing utilized adopt apply applied applying incorporate "
    "incorporates incorporating integrate integrates integrating integrated combine combines "
    "combining via through with by",
    "base": "based built builds extend extends extending extension derived initialized fine finetuned "
    "tuned pretrained backbone backbones adapted distilled variant version inspired top",
    "train": "train trains trained training tune pre post corpus corpora samples data learned learn",
    "part": "consists comprises comprising comprise consisting component components module modules "
    "stage stages first second third includes including include contains containing composed "
    "namely core key",
    "problem": "task tasks problem problems challenge challenges challenging crucial critical remains "
    "important applications application domain field area for address addresses addressing "
    "tackle solve improve improving",
    "negate": "not no without neither nor cannot fail fails failed rather instead",
    "hedge": "may might could would should potentially future",
}

CUE_GROUP: Mapping[str, str] = {word: group for group, words in _GROUPS.items() for word in words.split()}
"""The group of each cue word; `than` and `over` count as comparison by superiority."""

HEADS: frozenset[str] = frozenset(
    "framework method approach algorithm pipeline model llm agent system benchmark dataset corpus suite metric task "
    "architecture module loss library toolkit paradigm strategy technique score measure family models datasets "
    "benchmarks methods tasks metrics challenge leaderboard network mechanism".split()
)
"""Nouns that say what kind of thing a name beside them is."""

SPLIT_NEGATION: frozenset[str] = frozenset({"not", "without", "cannot", "neither", "nor", "never"})
"""Words that turn a statement into its opposite."""

HEDGES: frozenset[str] = frozenset({"may", "might", "could", "potentially"})
"""Words by which an author does not quite state."""
