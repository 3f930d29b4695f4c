"""`make bench`: a Markdown table of ratios; machines differ, ratios in one run less so."""

from __future__ import annotations

from tests.benchmarks import extraction, queries

BENCHMARKS = (extraction, queries)


def main() -> None:
    """Prints a line for each measurement as it is made."""
    print("| what | seconds | yardstick | its seconds | times faster |")
    print("| --- | ---: | --- | ---: | ---: |")
    for benchmark in BENCHMARKS:
        for row in benchmark.rows():
            print(
                f"| {row.what} | {row.ours_seconds:.4f} | {row.yardstick} | {row.yardstick_seconds:.4f} "
                f"| {row.ratio:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
