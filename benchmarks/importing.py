"""How long a large dm+d release takes to import, and how much memory: 120,000 products (AMP) in 60,000 VMPs.

    python benchmarks/importing.py [--quick]

The release is made up in the publisher's format and written to a temporary folder first; only the import is timed.
Peak memory is of a process of its own. The limits are 60 s and 300 MB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from easeoff.medicines.checkdigit import verhoeff_valid
from easeoff.medicines.importing import run_import

SUBSTANCES = ("Sertraline", "Citalopram", "Diazepam", *(f"Substance {n}" for n in range(300)))
LIMIT_SECONDS, LIMIT_MB = 60, 300


def code(number: int) -> str:
    """A SNOMED number with the right check digit."""
    stem = f"{number}100000110"
    return next(f"{stem}{digit}" for digit in range(10) if verhoeff_valid(f"{stem}{digit}"))


def write_release(folder: Path, products: int) -> list[Path]:
    """Seven files in the publisher's format with so many AMPs, two for each VMP, and a pack of each."""
    paths = {}
    for role in ("vtm", "ingredient", "lookup", "vmp", "amp", "vmpp", "ampp"):
        paths[role] = folder / f"f_{role}2_3010926.xml"
    codes = [code(number) for number in range(1, products // 2 + 1)]
    names = [SUBSTANCES[place % len(SUBSTANCES)] for place in range(len(codes))]
    doses = [5 + place // len(SUBSTANCES) for place in range(len(codes))]
    paths["vtm"].write_text("<VIRTUAL_THERAPEUTIC_MOIETIES><VTM><VTMID>1</VTMID><NM>Aspirin</NM></VTM>"
                            "</VIRTUAL_THERAPEUTIC_MOIETIES>")  # fmt: skip
    with paths["ingredient"].open("w") as out:
        out.write("<INGREDIENT_SUBSTANCES>\n")
        out.writelines(f"  <ING>\n    <ISID>{place}</ISID>\n    <NM>{name}</NM>\n  </ING>\n"
                       for place, name in enumerate(SUBSTANCES, 1))  # fmt: skip
        out.write("</INGREDIENT_SUBSTANCES>")
    paths["lookup"].write_text(
        "<LOOKUP><UNIT_OF_MEASURE><INFO><CD>258684004</CD><DESC>mg</DESC></INFO></UNIT_OF_MEASURE><FORM><INFO>"
        "<CD>385055001</CD><DESC>Tablet</DESC></INFO></FORM><ROUTE><INFO><CD>26643006</CD><DESC>Oral</DESC></INFO>"
        "</ROUTE></LOOKUP>"
    )
    with paths["vmp"].open("w") as out:
        out.write("<VIRTUAL_MED_PRODUCTS>\n<VMPS>\n")
        out.writelines(f"  <VMP>\n    <VPID>{key}</VPID>\n    <NM>{name} {dose}mg tablets</NM>\n    <BASISCD>0001</BASISCD>\n"
                       "    <PRES_STATCD>0001</PRES_STATCD>\n    <DF_INDCD>1</DF_INDCD>\n  </VMP>\n"
                       for key, name, dose in zip(codes, names, doses, strict=True))  # fmt: skip
        out.write("</VMPS>\n<VIRTUAL_PRODUCT_INGREDIENT>\n")
        out.writelines(
            f"  <VPI>\n    <VPID>{key}</VPID>\n    <ISID>{SUBSTANCES.index(name) + 1}</ISID>\n"
            f"    <BASIS_STRNTCD>0001</BASIS_STRNTCD>\n    <STRNT_NMRTR_VAL>{dose}</STRNT_NMRTR_VAL>\n"
            "    <STRNT_NMRTR_UOMCD>258684004</STRNT_NMRTR_UOMCD>\n  </VPI>\n"
            for key, name, dose in zip(codes, names, doses, strict=True)
        )
        out.write("</VIRTUAL_PRODUCT_INGREDIENT>\n<DRUG_FORM>\n")
        out.writelines(
            f"  <DFORM>\n    <VPID>{key}</VPID>\n    <FORMCD>385055001</FORMCD>\n  </DFORM>\n"
            for key in codes
        )
        out.write("</DRUG_FORM>\n<DRUG_ROUTE>\n")
        out.writelines(
            f"  <DROUTE>\n    <VPID>{key}</VPID>\n    <ROUTECD>26643006</ROUTECD>\n  </DROUTE>\n"
            for key in codes
        )
        out.write("</DRUG_ROUTE>\n<CONTROL_DRUG_INFO>\n")
        out.writelines(
            f"  <CONTROL_INFO>\n    <VPID>{key}</VPID>\n    <CATCD>0000</CATCD>\n  </CONTROL_INFO>\n"
            for key in codes
        )
        out.write("</CONTROL_DRUG_INFO>\n</VIRTUAL_MED_PRODUCTS>")
    with paths["vmpp"].open("w") as out:
        out.write("<VIRTUAL_MED_PRODUCT_PACK>\n<VMPPS>\n")
        out.writelines(f"  <VMPP>\n    <VPPID>8{key}</VPPID>\n    <NM>{name} {dose}mg tablets 28 tablet</NM>\n    <VPID>{key}</VPID>\n"
                       "    <QTYVAL>28</QTYVAL>\n    <QTY_UOMCD>428673006</QTY_UOMCD>\n  </VMPP>\n"
                       for key, name, dose in zip(codes, names, doses, strict=True))  # fmt: skip
        out.write("</VMPPS>\n<DRUG_TARIFF_INFO>\n")
        out.writelines(f"  <DTINFO>\n    <VPPID>8{key}</VPPID>\n    <PAY_CATCD>0001</PAY_CATCD>\n    <PRICE>120</PRICE>\n  </DTINFO>\n"
                       for key in codes)  # fmt: skip
        out.write("</DRUG_TARIFF_INFO>\n</VIRTUAL_MED_PRODUCT_PACK>")
    with paths["amp"].open("w") as out:
        out.write("<ACTUAL_MEDICINAL_PRODUCTS>\n<AMPS>\n")
        out.writelines(
            f"  <AMP>\n    <APID>9{maker}{key}</APID>\n    <VPID>{key}</VPID>\n    <NM>{name} {dose}mg tablets</NM>\n"
            f"    <DESC>{name} {dose}mg tablets (Maker {maker} Ltd)</DESC>\n    <SUPPCD>{maker}</SUPPCD>\n"
            "    <LIC_AUTHCD>0001</LIC_AUTHCD>\n    <AVAIL_RESTRICTCD>0001</AVAIL_RESTRICTCD>\n  </AMP>\n"
            for key, name, dose in zip(codes, names, doses, strict=True)
            for maker in (1, 2)
        )
        out.write("</AMPS>\n<AP_INGREDIENT>\n")
        out.writelines(f"  <AP_ING>\n    <APID>9{maker}{key}</APID>\n    <ISID>1</ISID>\n  </AP_ING>\n"
                       for key in codes for maker in (1, 2))  # fmt: skip
        out.write("</AP_INGREDIENT>\n</ACTUAL_MEDICINAL_PRODUCTS>")
    with paths["ampp"].open("w") as out:
        out.write("<ACTUAL_MEDICINAL_PROD_PACKS>\n<AMPPS>\n")
        out.writelines(
            f"  <AMPP>\n    <APPID>7{maker}{key}</APPID>\n    <NM>{name} {dose}mg tablets (Maker {maker} Ltd) 28 tablet</NM>\n"
            f"    <VPPID>8{key}</VPPID>\n    <APID>9{maker}{key}</APID>\n    <LEGAL_CATCD>0003</LEGAL_CATCD>\n  </AMPP>\n"
            for key, name, dose in zip(codes, names, doses, strict=True)
            for maker in (1, 2)
        )
        out.write("</AMPPS>\n<MEDICINAL_PRODUCT_PRICE>\n")
        out.writelines(f"  <PRICE_INFO>\n    <APPID>7{maker}{key}</APPID>\n    <PRICE>{100 + maker}</PRICE>\n"
                       "    <PRICE_BASISCD>0001</PRICE_BASISCD>\n  </PRICE_INFO>\n"
                       for key in codes for maker in (1, 2))  # fmt: skip
        out.write("</MEDICINAL_PRODUCT_PRICE>\n</ACTUAL_MEDICINAL_PROD_PACKS>")
    return list(paths.values())


def run(folder: Path) -> int:
    """Import the release in ``folder`` and print seconds and peak memory."""
    files = sorted(folder.glob("f_*.xml"))
    start = time.perf_counter()
    report = run_import("dmd", files, folder / "work")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if report.proposal is None:
        print("refused:", *report.faults)
        return 1
    size = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"{size:.0f} MB of XML, {len(report.proposal.rows)} rows of ours: {seconds:.1f} s, peak {peak:.0f} MB"
    )
    return int(seconds > LIMIT_SECONDS or peak > LIMIT_MB)


def main() -> int:
    """Make the release, and measure in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="12,000 products instead of 120,000")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        return run(options.folder)
    with tempfile.TemporaryDirectory() as name:
        write_release(Path(name), 12_000 if options.quick else 120_000)
        return subprocess.run([sys.executable, __file__, "--folder", name], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
