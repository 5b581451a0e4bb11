"""Run by `bench_matching` in a Python that has splink or recordlinkage: the same lists, their own comparison."""

import sys
import time
from pathlib import Path

import pandas as pd


def _read(folder: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(folder / f"{name}.csv", dtype=str).fillna("")
    table["date"] = table["birth"].where(table["birth"].str.match(r"\d{4}-\d{2}-\d{2}$"), "")
    table["year"] = table["birth"].str.extract(r"^(\d{4})")[0].fillna("")
    table["given1"] = table["given"].str.split().str[0].fillna("")
    table["surname1"] = table["surnames"].str.split().str[0].fillna("")
    table["tail"] = table["document"].str[-5:]
    table["head"] = table["document"].str[:5]
    return table


def splink(folder: Path) -> tuple[list[tuple[int, int, float]], int]:
    """Expectation maximisation with splink on DuckDB."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    first, second = (_read(folder, name).replace("", None) for name in ("first", "second"))
    first = first.rename(columns={"id": "unique_id"})
    second = second.rename(columns={"id": "unique_id"})
    rules = [
        block_on("given1", "surname1"), block_on("date"), block_on("document"), block_on("phone"), block_on("tail"),
        block_on("head"), block_on("year", "given1"), block_on("year", "surname1"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given", [0.95, 0.88, 0.7]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("surnames", [0.95, 0.88, 0.7]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("date", [1, 2]),
            cl.ExactMatch("year"),
            cl.ExactMatch("sex"),
            cl.DamerauLevenshteinAtThresholds("document", [1, 2]),
            cl.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI()
    tables = [first, second]
    if hasattr(api, "register"):
        tables = [
            api.register(first, dataset_display_name="a_first"),
            api.register(second, dataset_display_name="b_second"),
        ]
        linker = Linker(tables, settings)
    else:
        linker = Linker(tables, settings, api, input_table_aliases=["a_first", "b_second"])
    linker.training.estimate_probability_two_random_records_match([block_on("document")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("document"), block_on("date"), block_on("given1", "surname1")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
    pairs = []
    for row in found.itertuples():
        ids = {row.source_dataset_l: row.unique_id_l, row.source_dataset_r: row.unique_id_r}
        pairs.append((int(ids["a_first"]), int(ids["b_second"]), float(row.match_weight)))
    counted = linker.inference.predict().as_pandas_dataframe()
    return pairs, len(counted)


def recordlinkage(folder: Path) -> tuple[list[tuple[int, int, float]], int]:
    """Expectation conditional maximisation with recordlinkage."""
    import recordlinkage as rl

    first, second = (_read(folder, name).replace("", None).set_index("id") for name in ("first", "second"))
    indexer = rl.Index()
    for key in (
        ["given1", "surname1"],
        ["date"],
        ["document"],
        ["phone"],
        ["tail"],
        ["head"],
        ["year", "given1"],
        ["year", "surname1"],
    ):
        indexer.block(key)
    candidates = indexer.index(first, second)
    compare = rl.Compare()
    compare.string("given", "given", method="jarowinkler", threshold=0.88, label="given")
    compare.string("surnames", "surnames", method="jarowinkler", threshold=0.88, label="surnames")
    compare.string("date", "date", method="damerau_levenshtein", threshold=0.85, label="date")
    compare.exact("year", "year", label="year")
    compare.exact("sex", "sex", label="sex")
    compare.string("document", "document", method="damerau_levenshtein", threshold=0.8, label="document")
    compare.exact("phone", "phone", label="phone")
    features = compare.compute(candidates, first, second)
    classifier = rl.ECMClassifier(init="jaro", binarize=0.5)
    classifier.fit(features)
    probability = classifier.prob(features)
    return [(int(one), int(other), float(p)) for (one, other), p in probability.items()], len(candidates)


def main() -> None:
    """Write the scored pairs and print seconds and pairs compared."""
    judge, folder = sys.argv[1], Path(sys.argv[2])
    began = time.perf_counter()
    pairs, compared = {"splink": splink, "recordlinkage": recordlinkage}[judge](folder)
    seconds = time.perf_counter() - began
    with (folder / f"{judge}.csv").open("w") as file:
        file.writelines(f"{one},{other},{value}\n" for one, other, value in pairs)
    print(seconds, compared)


if __name__ == "__main__":
    main()
