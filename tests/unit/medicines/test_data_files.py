"""Every file of the data folder loads, and the check finds what is planted."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from easeoff.medicines import DATA_ROOT, check_data, countries, load_formulary, load_medicine, medicine_names
from easeoff.medicines.checkdigit import verhoeff_valid
from easeoff.medicines.files import read_rows, read_toml

TOML_FILES = sorted(path.relative_to(DATA_ROOT).as_posix() for path in DATA_ROOT.rglob("*.toml"))
CSV_FILES = sorted(path.relative_to(DATA_ROOT).as_posix() for path in DATA_ROOT.rglob("*.csv"))


@pytest.mark.parametrize("name", TOML_FILES)
def test_every_toml_file_loads(name: str) -> None:
    assert read_toml(DATA_ROOT / name)


@pytest.mark.parametrize("name", CSV_FILES)
def test_every_csv_file_loads(name: str) -> None:
    assert read_rows(DATA_ROOT / name)


@pytest.mark.parametrize("name", medicine_names())
def test_every_medicine_loads_under_its_own_name(name: str) -> None:
    assert load_medicine(name).name == name


@pytest.mark.parametrize("country", list(countries()))
@pytest.mark.parametrize("name", medicine_names())
def test_every_figure_names_a_source_that_is_on_record(name: str, country: str) -> None:
    formulary = load_formulary(name, country)
    medicine = formulary.medicine
    origins = [medicine.policy_provenance]
    origins += [c.provenance for c in medicine.curves] + [h.provenance for h in medicine.half_lives]
    origins += [f.provenance for f in medicine.red_flags] + [n.provenance for n in medicine.notes]
    origins += [p.provenance for product in formulary.products for p in product.properties]
    origins += [p for device in formulary.devices for p in device.provenance]
    for origin in origins:
        assert formulary.source(origin.source).title
    for product in formulary.products:
        assert formulary.source(product.source).attribution


def test_the_shipped_data_has_no_fault() -> None:
    assert check_data() == ()


def test_a_wrong_check_digit_is_seen() -> None:
    assert verhoeff_valid("38750311000001104")
    assert not verhoeff_valid("38750311000001105")
    assert not verhoeff_valid("38750311000010104")


#: The medicines that the faults are planted in: a copy of these few is checked in a moment.
KEPT = frozenset({
    "any", "citalopram", "diazepam", "escitalopram", "fentanyl", "fluoxetine", "mirtazapine", "phenelzine", "quetiapine",
    "sertraline", "venlafaxine",
})  # fmt: skip


def all_but_the_kept(directory: str, names: list[str]) -> list[str]:
    by_medicine = {"medicines", "product_properties", "schedules", *countries()}
    return [name for name in names if Path(directory).name in by_medicine and Path(name).stem not in KEPT]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small copy of the data folder that a test may break."""
    copy = Path(shutil.copytree(DATA_ROOT, tmp_path / "data", ignore=all_but_the_kept))
    for name, column in (("kinetics.csv", 0), ("depots.csv", 1), ("occupancy_points.csv", 0)):
        header, *rows = csv.reader(io.StringIO((copy / name).read_text(encoding="utf-8")))
        with (copy / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [header, *(row for row in rows if row[column] in KEPT)]
            )
    return copy


def test_the_small_copy_has_no_fault_of_its_own(folder: Path) -> None:
    assert check_data(folder) == ()


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A fault: the first ``old`` of a file becomes ``new``."""

    def plant(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return plant


SERTRALINE = "medicines/sertraline.toml"
GB_SERTRALINE = "products/GB/sertraline.csv"
US_SERTRALINE = "products/US/sertraline.csv"
GB_FIRST_TABLET = (
    "GB-sertraline-tablet-25mg,GB,sertraline,antidepressant_ssri,tablets,tablet,Sertraline 25mg tablets,25,mg"
)
PREFERRED_CURVE = 'plan_with = true\nsource = "sorensen_2022"\nconfidence = "secondary"'
FAULTS = {
    "a kinetic figure of nothing": (replace("kinetics.csv", "tmax_h,2,1,4", "tmax_h,0,0,4"), "kinetics.csv", "above zero"),
    "a kinetic figure without a source": (
        replace("kinetics.csv", "us_sertraline_label", "nowhere"), "kinetics.csv", "not in sources.toml",
    ),
    "a kinetic figure that nobody knows": (replace("kinetics.csv", "any,IR,tmax_h", "any,IR,tmin_h"), "kinetics.csv", "tmin_h"),
    "a measurement above all": (
        replace("occupancy_points.csv", ",55,75,", ",55,175,"), "occupancy_points.csv", "not from 0 to 100",
    ),
    "a key that is not known": (replace(SERTRALINE, "acts_on =", "works_on ="), SERTRALINE, "works_on"),
    "a source that is not on record": (replace(SERTRALINE, '"sorensen_2022"', '"sorensen_2023"'), SERTRALINE, "sorensen_2023"),
    "a confidence that is not one of ours": (replace(SERTRALINE, '"secondary"', '"certain"'), SERTRALINE, "certain"),
    "a number in quotes": (replace(SERTRALINE, "ed50_mg = 7.72", 'ed50_mg = "7.72"'), SERTRALINE, "ed50_mg"),
    "a fit above nothing": (replace(SERTRALINE, "ed50_mg = 7.72", "ed50_mg = 0"), SERTRALINE, "ed50_mg"),
    "two fits to plan with": (
        replace("medicines/escitalopram.toml", "plan_with = false", "plan_with = true"),
        "medicines/escitalopram.toml", "more than one fit"),
    "planning on a level in the blood": (
        replace("medicines/quetiapine.toml", "plan_with = false", "plan_with = true"),
        "medicines/quetiapine.toml", "daily-dose"),
    "planning with an unverified fit": (
        replace(SERTRALINE, PREFERRED_CURVE, PREFERRED_CURVE.replace("secondary", "unverified")), SERTRALINE, "unverified fit"),
    "a guideline’s rate that nobody verified": (
        replace("guideline_rates.toml", 'confidence = "secondary"', 'confidence = "unverified"'),
        "guideline_rates.toml", "nobody verified"),
    "a guideline’s rate without its source": (
        replace("guideline_rates.toml", 'source = "nice_ng222"', 'source = "nice"'), "guideline_rates.toml", "'nice'"),
    "two preferred half-lives": (replace(SERTRALINE, "preferred = false", "preferred = true"), SERTRALINE, "preferred"),
    "a preferred half-life that is unverified": (
        replace("medicines/phenelzine.toml", "preferred = false", "preferred = true"),
        "medicines/phenelzine.toml", "unverified half-life"),
    "unverified signs that do not say so": (
        replace(SERTRALINE, " (this list of signs has not been checked yet)", ""), SERTRALINE, "has not been checked"),
    "no word on why there is no curve": (
        replace("medicines/diazepam.toml", "no_curve_reason", "no_curve"), "medicines/diazepam.toml", "no_curve_reason"),
    "a brand that stands for two medicines": (
        replace("medicines/citalopram.toml", '"Cipramil"', '"Lustral"'), "medicines", "more than one medicine"),
    "a file that is not TOML": (replace(SERTRALINE, "[policy]", "[policy"), SERTRALINE, "TOML"),
    "a strength that does not fit the mg in a piece": (
        replace(GB_SERTRALINE, GB_FIRST_TABLET, GB_FIRST_TABLET.replace(",25,mg", ",52,mg")), GB_SERTRALINE, "52 mg"),
    "mg in 1 mL that do not fit the label": (
        replace(GB_SERTRALINE, ",5,mg,5,ml,,1,", ",5,mg,5,ml,,10,"), GB_SERTRALINE, "1 mg in 1 mL"),
    "micrograms taken for mg": (
        replace("products/GB/mirtazapine.csv", ",750,microgram,", ",750,mg,"), "products/GB/mirtazapine.csv", "150 mg in 1 mL"),
    "an id that stands twice": (
        replace(GB_SERTRALINE, "GB-sertraline-oral_suspension-10mg-per-ml-special,", "GB-sertraline-oral_suspension-10mg-per-ml,"),
        GB_SERTRALINE, "more than once"),
    "an id that tells another strength": (
        replace(GB_SERTRALINE, "GB-sertraline-tablet-25mg,", "GB-sertraline-tablet-250mg,"), GB_SERTRALINE, "does not begin"),
    "a SNOMED code with two digits changed over": (
        replace("products/GB/venlafaxine.csv", "38750311000001104", "38750311000010104"),
        "products/GB/venlafaxine.csv", "38750311000010104"),
    "a column that is not known": (replace(GB_SERTRALINE, ",route,", ",via,"), GB_SERTRALINE, "via"),
    "a row that is too short": (
        replace(US_SERTRALINE, "US,sertraline,antidepressant_ssri,", "US,sertraline,"), US_SERTRALINE, "cells"),
    "an availability that is not known": (replace(GB_SERTRALINE, ",licensed_listed,", ",in_stock,"), GB_SERTRALINE, "in_stock"),
    "a release that is not known": (replace(GB_SERTRALINE, ",IR,oral,", ",XR,oral,"), GB_SERTRALINE, "XR"),
    "a date that is none": (replace(GB_SERTRALINE, "2025-08-14", "2025-08-41"), GB_SERTRALINE, "2025-08-41"),
    "a prolonged-release name on an immediate-release row": (
        replace("products/GB/venlafaxine.csv", ",MR,oral,", ",IR,oral,"), "products/GB/venlafaxine.csv", "release says IR"),
    "a number of parts that is not known": (
        replace("product_properties/fluoxetine.csv", ",divisible,2,", ",divisible,two,"),
        "product_properties/fluoxetine.csv", "two"),
    "a pattern that cannot be read": (
        replace("product_properties/fluoxetine.csv", ",strength=20 mg,", ",colour=blue,"),
        "product_properties/fluoxetine.csv", "colour"),
    "a conversion of nothing": (
        replace("form_equivalences.csv", ",0.8,", ",0,"), "form_equivalences.csv", "above zero"),
    "a range upside down": (
        replace("dose_equivalences.csv", ",bromazepam,5,6,", ",bromazepam,6,5,"), "dose_equivalences.csv", "upside down"),
    "a floor below the hard floor": (
        replace("devices.toml", "hard_floor_ml = 0.1", "hard_floor_ml = 0.3"), "devices.toml", "hard floor"),
    "a floor between two marks": (replace("devices.toml", "floor_ml = 0.6", "floor_ml = 0.65"), "devices.toml", "mark"),
    "a band of more than the whole": (
        replace("portion_bands.toml", "fraction = 0.15", "fraction = 1.5"), "portion_bands.toml", "fraction"),
    "a day to look again that is none": (
        replace(SERTRALINE, "review_by = 2027-11-23", 'review_by = "soon"'), SERTRALINE, "review_by"),
    "no word on why one of several half-lives is used": (
        replace(SERTRALINE, "preferred = true\nsource = \"us_sertraline_label\"\nconfidence = \"secondary\"",
                "preferred = false\nsource = \"us_sertraline_label\"\nconfidence = \"secondary\""), SERTRALINE, "because"),
    "a patch by the hour with an amount": (
        replace("products/GB/fentanyl.csv", ",25,microgram,1,hour,,,", ",25,microgram,1,hour,0.025,,"),
        "products/GB/fentanyl.csv", "no mg in a piece"),
    "a French code with seven digits": (
        replace("products/FR/sertraline.csv", "60155788|", "6015578|"), "products/FR/sertraline.csv", "6015578"),
    "a country whose list says nothing of its limits": (
        replace("countries.toml", "note =", "remark ="), "countries.toml", "remark"),
    "a version that is none": (replace("VERSION", "2026.11", "latest"), "VERSION", "latest"),
    "a known name without a record that has one": (
        replace("other_medicines.toml", "names = [", 'names = [\n    "sertraline",'), "other_medicines.toml", "has a record"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reported_in_its_file(fault: str, folder: Path) -> None:
    plant, file, word = FAULTS[fault]
    plant(folder)
    found = check_data(folder)
    assert any(p.file == file and word in f"{p.where} {p.what}" for p in found), found


def test_products_of_a_medicine_without_a_record_are_reported(folder: Path) -> None:
    shutil.move(folder / GB_SERTRALINE, folder / "products/GB/sertralin.csv")
    found = [p.what for p in check_data(folder) if p.file == "products/GB/sertralin.csv"]
    assert "there is no record of this medicine" in found


def test_products_of_a_country_that_is_not_listed_are_reported(folder: Path) -> None:
    shutil.copytree(folder / "products/GB", folder / "products/IE")
    assert any(p.where == "IE" and "countries.toml" in p.what for p in check_data(folder))


def test_several_faults_are_all_reported(folder: Path) -> None:
    for plant, _, _ in (
        FAULTS["a file that is not TOML"],
        FAULTS["a conversion of nothing"],
        FAULTS["a version that is none"],
    ):
        plant(folder)
    assert {p.file for p in check_data(folder)} >= {SERTRALINE, "form_equivalences.csv", "VERSION"}


def test_missing_files_are_reported_and_not_raised(folder: Path) -> None:
    for name in ("sources.toml", "devices.toml", "form_equivalences.csv", "VERSION"):
        (folder / name).unlink()
    assert {"sources.toml", "devices.toml", "form_equivalences.csv", "VERSION"} <= {
        p.file for p in check_data(folder)
    }
