"""How the official lists spell substances: other names, salt words, and French salt names.

Names come from the lists themselves: the ingredient names of the products that are in our data.
"""

from __future__ import annotations

#: Names of substances in the lists that are not the INN in British spelling, nor that with a salt.
OTHER_NAMES = {
    "amphetamine": "amfetamine",
    "chlorpheniramine": "chlorphenamine",
    "cyamepromazine": "cyamemazine",
    "dextroamphetamine": "dexamfetamine",
    "dexamphetamine": "dexamfetamine",
    "divalproate": "valproate",
    "divalproex": "valproate",
    "ethyl loflazepate": "loflazepate",
    "lisdexamphetamine": "lisdexamfetamine",
    "meperidine": "pethidine",
    "methamphetamine": "metamfetamine",
    "methotrimeprazine": "levomepromazine",
    "mixed salts amphetamine": "amfetamine",
    "propericiazine": "periciazine",
    "thiothixene": "tiotixene",
    "trimeprazine": "alimemazine",
    "valproic": "valproate",
    "acetaminophen": "paracetamol",
    "acetylsalicylic": "aspirin",
    "conjugated estrogens": "estrogens",
    "esterified estrogens": "estrogens",
    "estrogens conjugated": "estrogens",
    "estrogens esterified": "estrogens",
    "homatropine methyl": "homatropine",
}

#: Substances that are listed together with one of our medicines in one product.
PARTNERS = frozenset({
    "aspirin", "butalbital", "caffeine", "carisoprodol", "celecoxib", "chlorzoxazone", "clidinium", "dexketoprofen",
    "dextromethorphan", "estrogens", "homatropine", "ibuprofen", "lidocaine", "methocarbamol", "naloxone",
    "naltrexone", "paracetamol", "phentermine", "samidorphan", "serdexmethylphenidate",
})  # fmt: skip

#: Words of a salt, solvate or carrier that may stand beside the name of a substance.
SALTS = frozenset({
    "acetate", "acid", "adipate", "anhydrous", "aspartate", "base", "benzoate", "besilate", "besylate", "bitartrate",
    "bromide", "calcium", "camsilate", "carbonate", "chloride", "citrate", "complex", "decanoate", "dihydrate",
    "dihydrochloride", "dimesilate", "dimesylate", "dipotassium", "disodium", "edisilate", "edisylate", "embonate",
    "enantate", "enanthate", "fumarate", "gluconate", "hcl", "hemifumarate", "hemihydrate", "hemitartrate", "hippurate",
    "hydrobromide", "hydrochloride", "hydrogen", "hyclate", "l-malate", "lactate", "laurate", "lauroxil", "magnesium",
    "malate", "maleate", "mesilate", "mesylate", "methylbromide", "monohydrate", "monohydrochloride", "napsilate",
    "napsylate", "nitrate", "oxalate", "palmitate", "pamoate", "phosphate", "polistirex", "potassium", "resin",
    "resinate", "saccharate", "semisodium", "sesquihydrate", "sodium", "succinate", "sulfate", "sulphate", "tartrate", "teoclate",
    "tosilate", "tosylate", "terephthalate", "trihydrate", "trometamol", "undecanoate", "hydrate",
})  # fmt: skip

#: Salts that make an injection act for weeks.
DEPOT_SALTS = frozenset({
    "decanoate", "enantate", "enanthate", "palmitate", "pamoate", "embonate", "lauroxil", "undecanoate",
})  # fmt: skip

#: French salt words (without accents) in English.
FRENCH_SALTS = {
    "acetate": "acetate", "bromhydrate": "hydrobromide", "bromure": "bromide", "camphosulfonate": "camsilate",
    "carbonate": "carbonate", "chlorhydrate": "hydrochloride", "citrate": "citrate", "decanoate": "decanoate",
    "dichlorhydrate": "dihydrochloride", "dimesilate": "dimesilate", "embonate": "embonate",
    "enantate": "enantate", "fumarate": "fumarate", "fumarate acide": "fumarate", "hemifumarate": "hemifumarate",
    "hydrogenosuccinate": "hydrogen succinate", "maleate": "maleate", "maleate acide": "maleate", "mesilate": "mesilate",
    "oxalate": "oxalate", "palmitate": "palmitate", "pamoate": "embonate", "phosphate": "phosphate",
    "succinate": "succinate", "sulfate": "sulfate", "tartrate": "tartrate", "undecylenate": "undecanoate",
}  # fmt: skip
#: French words that follow the name of a substance.
FRENCH_TAILS = {
    "anhydre": "anhydrous", "base": "", "dihydrate": "dihydrate", "dipotassique": "dipotassium",
    "hemihydrate": "hemihydrate", "monohydrate": "monohydrate", "sodique": "sodium", "trometamol": "trometamol",
}  # fmt: skip
#: Whole French names that the rules do not reach.
FRENCH_NAMES = {
    "acide valproique": ("valproate", "valproic acid"),
    "cafeine": ("caffeine", ""),
    "co-cristal d'agomelatine-acide citrique": ("agomelatine", "agomelatine citric acid"),
    "agomelatine-acide citrique (co-cristal d')": ("agomelatine", "agomelatine citric acid"),
    "divalproate de sodium": ("valproate", "semisodium valproate"),
    "loflazepate d'ethyle": ("loflazepate", ""),
    "sodium (valproate de)": ("valproate", "sodium valproate"),
    "valproate de sodium": ("valproate", "sodium valproate"),
    "teinture titree d'opium": ("", ""),
}
