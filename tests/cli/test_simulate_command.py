"""``easeoff simulate``: every form of output, and one sentence for what cannot be."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture
def plan(run, tmp_path, answers):
    path = tmp_path / "plan.json"
    run("plan", "fluoxetine 20 mg", "--country", "GB", "--tier", "special", "--start", "2027-01-04",
        "--format", "json", "-o", str(path), "--goal", "0", *answers)  # fmt: skip
    return path


def test_text_says_what_it_is_and_what_each_step_does(run, plan):
    ran = run("simulate", str(plan), "--people", "50")
    words = " ".join(ran.out.split())
    assert ran.status == 0 and max(map(len, ran.out.splitlines())) <= 80
    for said in ("Nobody has measured your level", "Keep taking your medicine", "Never take two doses", "What each step does",
                 "Stopping today instead", "Every other day", "What these numbers rest on"):  # fmt: skip
        assert said in words


def test_json_and_csv_hold_the_same_days(run, plan):
    record = json.loads(run("simulate", str(plan), "--people", "50", "--format", "json").out)
    rows = list(
        csv.DictReader(io.StringIO(run("simulate", str(plan), "--people", "50", "--format", "csv").out))
    )
    assert record["format"] == "easeoff-simulation/1" and len(rows) == len(record["days"])
    assert [float(row["points_mean"]) for row in rows] == [day["points_mean"] for day in record["days"]]
    assert rows[7]["date"] == "2027-01-04" and rows[7]["step"] == "1"
    assert float(rows[0]["level_mean"]) == 100


def test_the_same_seed_gives_the_same_bytes(run, plan):
    first, again, other = (
        run("simulate", str(plan), "--people", "50", "--seed", seed, "--format", "csv").out for seed in "112"
    )
    assert first == again != other


def test_a_chart_goes_to_a_file_whole(run, plan, tmp_path):
    target = tmp_path / "chart.svg"
    assert run("simulate", str(plan), "--people", "20", "--format", "svg", "-o", str(target)).status == 0
    assert target.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_quantiles_of_many_people(run, plan, tmp_path, ending):
    target = tmp_path / f"many.{ending}"
    if ending == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
    ran = run("simulate", str(plan), "--people", "300", "--workers", "1", "--quantiles", str(target))
    assert ran.status == 0 and "A model, not measured" in ran.err
    if ending == "parquet":
        table = parquet.read_table(target)
        names, first = table.column_names, table.slice(0, 1).to_pylist()[0]
        assert b"easeoff" in table.schema.metadata
    else:
        rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
        names, first = list(rows[0]), rows[0]
    assert {"points_mean_p05", "points_low_p50", "points_high_p95"} <= set(names)
    assert float(first["points_mean_p50"]) == pytest.approx(100, abs=0.3)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".easeoff")] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "No plan was given"),
        (("nowhere.json",), "cannot be read"),
        (("PLAN", "PLAN"), "One plan at a time"),
        (("PLAN", "--people", "0"), "cannot be used for --people"),
        (("PLAN", "--people", "99999999"), "too many"),
        (("PLAN", "--people", "many"), "--people"),
        (("PLAN", "--format", "xls"), "not a format"),
        (("PLAN", "--missed", "yesterday"), "not a date"),
        (("PLAN", "--missed", "2020-01-01"), "not in the dated part"),
        (("PLAN", "--seed", "-1"), "--seed"),
        (("PLAN", "--quantiles", "x.xlsx"), "does not say what to write"),
        (("PLAN", "--quantiles", "x.csv", "--people", "10000001"), "cannot be used for --people"),
        (("PLAN", "--quantiles", "x.csv", "--engine", "dask"), "belong together"),
        (("PLAN", "--quantiles", "x.csv", "--engine", "moon"), "not an engine"),
        (("PLAN", "--quantiles", "x.csv", "--format", "json"), "writes its own file"),
        (
            ("PLAN", "--quantiles", "no-such-folder/x.csv", "--people", "5", "--workers", "1"),
            "no such folder",
        ),
        (("PLAN", "--against", "PLAN"), "needs a file"),
        (("--depot", "nonsense"), "not an injection"),
        (("--depot", "haloperidol decanoate", "--every", "0"), "cannot be used for --every"),
        (("PLAN", "--depot", "haloperidol decanoate"), "ask for two things"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(run, plan, words, says):
    ran = run("simulate", *(str(plan) if word == "PLAN" else word for word in words))
    assert ran.status == 2 and ran.out == ""
    assert says in " ".join(ran.err.split()) and "Traceback" not in ran.err
    assert ran.err.count("\n") == 2


def test_a_full_disk_leaves_nothing_half_written(run, plan, tmp_path, monkeypatch):
    import os

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = set(tmp_path.iterdir())
    ran = run("simulate", str(plan), "--people", "20", "--format", "csv", "-o", str(tmp_path / "out.csv"))
    assert ran.status == 2 and "no space left" in ran.err
    assert set(tmp_path.iterdir()) == before


def test_a_stop_prints_no_doses(run, plan):
    text = plan.read_text(encoding="utf-8").replace('"age": 41', '"age": 16', 1)
    assert '"age": 16' in text
    plan.write_text(text, encoding="utf-8")
    ran = run("simulate", str(plan))
    assert ran.status == 3 and ran.out == ""
    assert "there is a stop" in ran.err and "Keep taking 20 mg as you do now" in ran.err


def test_a_depot_over_months(run):
    ran = run("simulate", "--depot", "olanzapine embonate")
    assert ran.status == 0 and "52 weeks after the last" in ran.out


def test_paper_for_a_plan_that_may_be_printed(run, plan, tmp_path):
    target = tmp_path / "levels.pdf"
    assert run("simulate", str(plan), "--people", "20", "--format", "pdf", "-o", str(target)).status == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_no_paper_for_a_draft(run, tmp_path):
    draft, target = tmp_path / "draft.json", tmp_path / "levels.pdf"
    run("plan", "sertraline 100 mg", "--country", "GB", "--format", "json", "-o", str(draft))
    ran = run("simulate", str(draft), "--people", "20", "--format", "pdf", "-o", str(target))
    assert ran.status == 2 and "within its limits" in ran.err and not target.exists()


def test_two_plans_on_the_same_people(run, plan, tmp_path, answers):
    slower, other, target = tmp_path / "slower.json", tmp_path / "other.json", tmp_path / "pair.csv"
    wish = ("--country", "GB", "--tier", "special", "--goal", "0", "--format", "json")
    run("plan", "fluoxetine 20 mg", *wish, "--every", "56", "-o", str(slower), *answers)
    run("plan", "fluoxetine 40 mg", *wish, "-o", str(other), *answers)
    words = ("--people", "200", "--workers", "1", "--quantiles", str(target))
    ran = run("simulate", str(plan), "--against", str(slower), *words)
    assert ran.status == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert float(rows[0]["points_difference_p50"]) == pytest.approx(0, abs=0.3)
    assert max(float(row["points_difference_p50"]) for row in rows) > 5, "the slower plan keeps more"
    refused = run("simulate", str(plan), "--against", str(other), *words)
    assert refused.status == 2 and "same medicine, form and dose" in refused.err


def test_own_measurements_stand_beside_the_model(run, tmp_path):
    scans = tmp_path / "scans.csv"
    scans.write_text(
        "medicine,dose_mg,occupancy_percent,formulation,time_h,who\n"
        "Zoloft,50,79,,,a\nvenlafaxine,75,84,,,b\nsertraline,50,10,single dose,4,c\nmirtazapine,30,80,,,d\n",
        encoding="utf-8",
    )
    ran = run("simulate", "--measured", str(scans))
    words = " ".join(ran.out.split())
    assert ran.status == 0 and "meets 2 of 3" in words
    assert "sertraline 50 mg" in words and "venlafaxine 75 mg" in words and "one dose, 4 h after" in words
    assert "mirtazapine 30 mg: no curve" in words


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "columns of measurements are not there"),
        (b"medicine,dose\nsertraline,50\n", "columns of measurements are not there"),
        (
            b"medicine,dose_mg,occupancy_percent\nsertraline,50,179\n",
            "Row 2: \u201c179\u201d cannot be occupancy_percent",
        ),
        (b"medicine,dose_mg,occupancy_percent\nsertraline,0,50\n", "cannot be dose_mg"),
        (b"medicine,dose_mg,occupancy_percent\nsertraline,,50\n", "is missing"),
        (b"medicine,dose_mg,low,high\nsertraline,50,60,50\n", "low is above high"),
        (b"medicine,dose_mg,occupancy_percent,time_h\nsertraline,50,60,1e9\n", "cannot be time_h"),
        (b"medicine,dose_mg,occupancy_percent\nsertralin3,50,50\n", "sertraline"),
        (b"\xff\xfe\x00", "not a text file"),
    ],
)
def test_measurements_that_cannot_be_read_are_said(run, tmp_path, content, says):
    scans = tmp_path / "scans.csv"
    scans.write_bytes(content)
    ran = run("simulate", "--measured", str(scans))
    assert (
        ran.status == 2 and ran.out == "" and says in " ".join(ran.err.split()) and "Traceback" not in ran.err
    )


def test_measurements_need_no_plan(run, plan, tmp_path):
    ran = run("simulate", str(plan), "--measured", str(tmp_path / "scans.csv"))
    assert ran.status == 2 and "stands alone" in ran.err
