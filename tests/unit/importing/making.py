"""A small dm+d release in the publisher's format, and a data folder to import it into."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from easeoff.medicines import DATA_ROOT
from easeoff.medicines.checkdigit import verhoeff_valid

UNITS = {"mg": "258684004", "microgram": "258685003", "ml": "258773002", "iu": "258997004"}
FORMS = {
    "Tablet": "385055001",
    "Oral suspension": "385024007",
    "Modified-release tablet": "385061003",
    "Oral solution": "385023001",
}
LICENSED, SPECIAL, IMPORTED = ("0001", "0001"), ("0000", "0006"), ("0000", "0004")


def code(number: int) -> str:
    """A SNOMED number with the right check digit."""
    stem = f"{number}100000110"
    return next(f"{stem}{digit}" for digit in range(10) if verhoeff_valid(f"{stem}{digit}"))


@dataclass
class Vmp:
    number: int
    name: str
    ingredient: str
    value: str
    unit: str = "mg"
    per: tuple[str, str] = ("", "")
    form: str = "Tablet"
    supply: tuple[str, str] = LICENSED
    packs: tuple[tuple[str, str], ...] = (("28", "100"),)
    discontinued: bool = False
    invalid: bool = False
    previous: str = ""
    base: str = ""

    @property
    def code(self) -> str:
        return code(self.number)


INGREDIENTS = ("Sertraline hydrochloride", "Sertraline", "Citalopram", "Morphine sulfate", "Ibuprofen")
SERTRALINE = (
    Vmp(1, "Sertraline 50mg tablets", "Sertraline hydrochloride", "50", base="Sertraline", packs=(("28", "80"), ("56", "150"))),
    Vmp(2, "Sertraline 100mg tablets", "Sertraline hydrochloride", "100", base="Sertraline"),
    Vmp(3, "Sertraline 50mg/5ml oral suspension", "Sertraline hydrochloride", "10", per=("1", "ml"), base="Sertraline",
        form="Oral suspension", supply=SPECIAL, packs=(("1", "0"),)),
    Vmp(4, "Ibuprofen 400mg tablets", "Ibuprofen", "400"),
)  # fmt: skip


def release(folder: Path, vmps: tuple[Vmp, ...] = SERTRALINE, day: str = "010926") -> list[Path]:
    """Write the seven files; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    isid = {name: str(380000000 + place) for place, name in enumerate(INGREDIENTS)}

    def tag(name: str, value: str) -> str:
        return f"<{name}>{value}</{name}>" if value else ""

    main, strengths, forms, routes, packs, amps, ampps, prices, tariff = ([] for _ in range(9))
    for vmp in vmps:
        key = vmp.code
        main.append(f"<VMP><VPID>{key}</VPID>{tag('VPIDPREV', vmp.previous)}"
                    f"{tag('INVALID', '1' if vmp.invalid else '')}<NM>{vmp.name}</NM></VMP>")  # fmt: skip
        strengths.append(
            f"<VPI><VPID>{key}</VPID><ISID>{isid[vmp.ingredient]}</ISID>"
            f"<BASIS_STRNTCD>{'0002' if vmp.base else '0001'}</BASIS_STRNTCD>{tag('BS_SUBID', isid.get(vmp.base, ''))}"
            f"<STRNT_NMRTR_VAL>{vmp.value}</STRNT_NMRTR_VAL><STRNT_NMRTR_UOMCD>{UNITS.get(vmp.unit, vmp.unit)}"
            f"</STRNT_NMRTR_UOMCD>{tag('STRNT_DNMTR_VAL', vmp.per[0])}"
            f"{tag('STRNT_DNMTR_UOMCD', UNITS.get(vmp.per[1], ''))}</VPI>"
        )  # fmt: skip
        forms.append(f"<DFORM><VPID>{key}</VPID><FORMCD>{FORMS[vmp.form]}</FORMCD></DFORM>")
        routes.append(f"<DROUTE><VPID>{key}</VPID><ROUTECD>26643006</ROUTECD></DROUTE>")
        amps.append(f"<AMP><APID>9{vmp.number}</APID><VPID>{key}</VPID><LIC_AUTHCD>{vmp.supply[0]}</LIC_AUTHCD>"
                    f"<AVAIL_RESTRICTCD>{vmp.supply[1]}</AVAIL_RESTRICTCD></AMP>")  # fmt: skip
        for place, (size, pence) in enumerate(vmp.packs):
            pack = f"{vmp.number}{place}"
            packs.append(f"<VMPP><VPPID>8{pack}</VPPID><VPID>{key}</VPID><QTYVAL>{size}</QTYVAL></VMPP>")
            tariff.append(
                f"<DTINFO><VPPID>8{pack}</VPPID><PAY_CATCD>0001</PAY_CATCD><PRICE>{pence}</PRICE></DTINFO>"
            )
            gone = tag("DISCCD", "0001" if vmp.discontinued else "")
            ampps.append(
                f"<AMPP><APPID>7{pack}</APPID><VPPID>8{pack}</VPPID><APID>9{vmp.number}</APID>{gone}</AMPP>"
            )
            prices.append(f"<PRICE_INFO><APPID>7{pack}</APPID><PRICE>{pence}</PRICE>"
                          "<PRICE_BASISCD>0001</PRICE_BASISCD></PRICE_INFO>")  # fmt: skip
    ings = "\n".join(f"<ING><ISID>{key}</ISID><NM>{name}</NM></ING>" for name, key in isid.items())
    infos = "".join(f"<INFO><CD>{key}</CD><DESC>{name}</DESC></INFO>" for name, key in UNITS.items())
    shapes = "".join(f"<INFO><CD>{key}</CD><DESC>{name}</DESC></INFO>" for name, key in FORMS.items())
    files = {
        "vtm": "<VIRTUAL_THERAPEUTIC_MOIETIES><VTM><VTMID>39113611000001102</VTMID><NM>Ibuprofen</NM></VTM>"
               "</VIRTUAL_THERAPEUTIC_MOIETIES>",
        "ingredient": f"<INGREDIENT_SUBSTANCES>{ings}</INGREDIENT_SUBSTANCES>",
        "lookup": f"<LOOKUP><UNIT_OF_MEASURE>{infos}</UNIT_OF_MEASURE><FORM>{shapes}</FORM>"
                  "<ROUTE><INFO><CD>26643006</CD><DESC>Oral</DESC></INFO></ROUTE></LOOKUP>",
        "vmp": "<VIRTUAL_MED_PRODUCTS><VMPS>\n" + "\n".join(main) + "\n</VMPS><VIRTUAL_PRODUCT_INGREDIENT>\n"
               + "\n".join(strengths) + "\n</VIRTUAL_PRODUCT_INGREDIENT><DRUG_FORM>" + "".join(forms)
               + "</DRUG_FORM><DRUG_ROUTE>" + "".join(routes) + "</DRUG_ROUTE></VIRTUAL_MED_PRODUCTS>",
        "amp": f"<ACTUAL_MEDICINAL_PRODUCTS><AMPS>{''.join(amps)}</AMPS></ACTUAL_MEDICINAL_PRODUCTS>",
        "vmpp": f"<VIRTUAL_MED_PRODUCT_PACK><VMPPS>{''.join(packs)}</VMPPS><DRUG_TARIFF_INFO>{''.join(tariff)}"
                "</DRUG_TARIFF_INFO></VIRTUAL_MED_PRODUCT_PACK>",
        "ampp": f"<ACTUAL_MEDICINAL_PROD_PACKS><AMPPS>{''.join(ampps)}</AMPPS><MEDICINAL_PRODUCT_PRICE>"
                f"{''.join(prices)}</MEDICINAL_PRODUCT_PRICE></ACTUAL_MEDICINAL_PROD_PACKS>",
    }  # fmt: skip
    paths = []
    for role, text in files.items():
        path = folder / f"f_{role}2_3{day}.xml"
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def data_folder(root: Path) -> Path:
    """A data folder with two medicines and no products."""
    (root / "medicines").mkdir(parents=True)
    for name in ("sertraline", "citalopram"):
        shutil.copy(DATA_ROOT / "medicines" / f"{name}.toml", root / "medicines")
    for name in ("form_equivalences.csv", "dose_equivalences.csv", "devices.toml"):
        shutil.copy(DATA_ROOT / name, root)
    (root / "product_properties").mkdir()
    (root / "VERSION").write_text("2026.11\n")
    (root / "sources.toml").write_text('# Sources.\n\n[old]\ntitle = "Old"\ndoi_or_url = ""\n')
    (root / "countries.toml").write_text(
        '[GB]\nname = "United Kingdom"\nproducts_source = "old"\nlisted_on = 2025-08-14\n\n'
        '[US]\nname = "United States"\nproducts_source = "old"\nlisted_on = 2024-11-08\n')  # fmt: skip
    return root


def overlay(root: Path, country: str, *rows: str) -> None:
    """Write decisions (code,action,field,value); who, when and why are added."""
    (root / "overlay").mkdir(exist_ok=True)
    lines = [f"{row},pharmacist,2026-11-20,looked at the box" for row in rows]
    text = "\n".join(["code,action,field,value,who,when,why", *lines]) + "\n"
    (root / "overlay" / f"{country}.csv").write_text(text)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
