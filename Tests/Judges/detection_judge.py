"""How many columns about persons `classify` finds, and how many it takes for such that are none, kind by kind, beside the pattern
recognisers of Presidio.

usage: detection_judge.py SEED

Exit status 1 where precision or recall of a kind that values tell is below 0.95. Columns are drawn: half of them with a name that says
what they hold, half with one that says nothing, a few of their cells missing or other words. A recogniser of Presidio finds a column
where it finds more than half of its first values; names of persons it leaves to a language model, which is not asked here.
"""
import importlib.abc
import importlib.machinery
import sys
import tempfile
import types
from unittest import mock

import numpy as np
import pandas as pd

import running

LEAST = 0.95


class Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands in for the libraries that would run language models: no recogniser by patterns asks them."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("spacy", "thinc"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: mock.MagicMock() if not name.startswith("__") else (_ for _ in ()).throw(AttributeError(name))
        return module

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, Absent())
import tldextract

# The list of suffixes that ships with it, and not the one of today.
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
from presidio_analyzer import predefined_recognizers as recognisers

THEIRS = {
    "email": [(recognisers.EmailRecognizer(), "EMAIL_ADDRESS")],
    "phone": [(recognisers.PhoneRecognizer(), "PHONE_NUMBER")],
    "card": [(recognisers.CreditCardRecognizer(), "CREDIT_CARD")],
    "iban": [(recognisers.IbanRecognizer(), "IBAN_CODE")],
    "ip address": [(recognisers.IpRecognizer(), "IP_ADDRESS")],
    "national id": [
        (recognisers.UsSsnRecognizer(), "US_SSN"), (recognisers.EsNifRecognizer(supported_language="en"), "ES_NIF"),
        (recognisers.FiPersonalIdentityCodeRecognizer(supported_language="en"), "FI_PERSONAL_IDENTITY_CODE"),
        (recognisers.ItFiscalCodeRecognizer(supported_language="en"), "IT_FISCAL_CODE"),
        (recognisers.NhsRecognizer(), "UK_NHS"),
    ],
}


# --- what columns hold ---

FIRST = ["David", "Tariq", "Milan", "Ingrid", "Mei", "Zoë", "Amara", "Jon", "Aisha", "Pedro"]
LAST = ["Young", "Müller", "Adams", "Nordmann", "O'Brien", "Garcia", "Li-Chen", "Okafor", "Silva"]


def digits(rng, count):
    return "".join(str(rng.integers(10)) for _ in range(count))


def luhn(stem):
    for last in range(10):
        total = 0
        for place, digit in enumerate(reversed(stem + str(last))):
            value = int(digit) * (1 + place % 2)
            total += value // 10 + value % 10
        if total % 10 == 0:
            return stem + str(last)


def card(rng, style):
    first = rng.choice(["4", "51", "55"])
    number = luhn(first + digits(rng, 15 - len(first)))
    return number if style == 0 else (" " if style == 1 else "-").join(number[place:place + 4] for place in range(0, 16, 4))


def iban(rng, _):
    country, length = [("DE", 18), ("NO", 11), ("FR", 23), ("BE", 12)][rng.integers(4)]
    account = digits(rng, length)
    number = int("".join(str(int(letter, 36)) for letter in account + country + "00"))
    return f"{country}{98 - number % 97:02}{account}"


def phone(rng, style):
    area = f"{rng.integers(2, 9)}{rng.integers(0, 9)}{rng.integers(1, 9)}"
    return [f"+1-{area}-555-{digits(rng, 4)}", f"+49 30 {rng.integers(1, 9)}{digits(rng, 6)}", f"({area}) 555-{digits(rng, 4)}"][style]


def national_id(rng, style):
    if style == 0:
        return f"{rng.integers(1, 600):03}-{rng.integers(1, 99):02}-{rng.integers(1, 9999):04}"
    if style == 1:
        number = rng.integers(10_000_000, 99_999_999)
        return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"
    day = f"{rng.integers(1, 28):02}{rng.integers(1, 12):02}{rng.integers(30, 99):02}"
    serial = f"{rng.integers(2, 899):03}"
    return f"{day}-{serial}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(day + serial) % 31]}"


def ip(rng, style):
    if style == 0:
        return "2001:db8::" + ":".join(f"{rng.integers(1, 65535):x}" for _ in range(3))
    return ".".join(str(part) for part in rng.integers(1, 255, 4))


def email(rng, _):
    return f"{rng.choice(FIRST)}{rng.choice(['.', '_', ''])}{digits(rng, 3)}@{rng.choice(['mail.example.org', 'x-y.no', 'example.com'])}"


# What values tell, with names that say so.
KINDS = {
    "email": (email, ["email", "customer_mail", "e_mail"]),
    "phone": (phone, ["phone", "mobile", "homeTelephone"]),
    "card": (card, ["card", "card_number", "credit_card"]),
    "iban": (iban, ["iban", "bank_account", "konto"]),
    "ip address": (ip, ["ip", "client_ip", "ipv6"]),
    "national id": (national_id, ["ssn", "national_id", "personnummer"]),
}

# What the name alone tells, or name and values together.
NAMED = {
    "name": (lambda rng, _: f"{rng.choice(LAST)}, {rng.choice(FIRST)}", ["full_name", "customerName", "surname"]),
    "birth date": (lambda rng, _: f"19{digits(rng, 2)}-0{rng.integers(1, 9)}-1{digits(rng, 1)}", ["birth_date", "dob", "born"]),
    "address": (lambda rng, _: f"{rng.integers(1, 300)} {rng.choice(['Main Street', 'Storgata'])}", ["address", "street"]),
    "secret": (lambda rng, _: rng.choice(FIRST) + digits(rng, 5), ["password", "api_key"]),
    "sensitive attribute": (lambda rng, _: rng.choice(["a", "b", "c"]), ["race", "diagnosis", "disability"]),
    "quasi-identifier": (lambda rng, _: rng.choice(["x", "y", "z"]), ["gender", "postcode", "citizen"]),
}

# Like those and about nobody.
OTHERS = {
    "order": lambda rng: digits(rng, 16), "amount": lambda rng: f"{rng.integers(1, 100_000)}.{digits(rng, 2)}",
    "version": lambda rng: f"{rng.integers(9)}.{rng.integers(20)}.{rng.integers(40)}",
    "created": lambda rng: f"20{digits(rng, 2)}-0{rng.integers(1, 9)}-1{digits(rng, 1)} 1{digits(rng, 1)}:30",
    "isbn": lambda rng: f"978-{digits(rng, 1)}-{digits(rng, 4)}-{digits(rng, 4)}-{digits(rng, 1)}",
    "city": lambda rng: rng.choice(["New York", "Oslo", "Rio de Janeiro", "Bern"]),
    "product": lambda rng: f"{rng.choice(['blue', 'large', 'old'])} {rng.choice(['chair', 'table'])} of {rng.integers(90)} cm",
    "url": lambda rng: f"https://example.org/{rng.integers(999)}?q={digits(rng, 3)}",
    "uuid": lambda rng: "-".join("".join(rng.choice(list("0123456789abcdef"), count)) for count in (8, 4, 4, 4, 12)),
    "sku": lambda rng: f"{rng.choice(['AB', 'XK'])}{digits(rng, 6)}", "duration": lambda rng: f"{rng.integers(24)}:{digits(rng, 1)}5:1{digits(rng, 1)}",
    "ratio": lambda rng: f"0.{digits(rng, 6)}", "job": lambda rng: rng.choice(["not in labor force", "employed", "unemployed"]),
    "quarter": lambda rng: rng.choice(["jan thru mar", "jul thru sep"]),
}


def columns(rng, each, rows):
    """Names, values and what they are."""
    for place in range(each):
        for kind, (draw, names) in (KINDS | NAMED).items():
            is_named = kind in NAMED or place % 2 == 0
            style = int(rng.integers(3))
            values = [drawn(rng, lambda: draw(rng, style)) for _ in range(rows)]
            yield (f"{rng.choice(names)}_{place}" if is_named else f"column_{place}_{len(kind)}{kind[0]}"), values, kind
        for name, draw in OTHERS.items():
            yield f"{name}_{place}", [drawn(rng, lambda: draw(rng)) for _ in range(rows)], None


def drawn(rng, draw):
    chance = rng.integers(100)
    return None if chance < 5 else str(rng.choice(["unknown", "n/a", "?"])) if chance < 8 else str(draw())


# --- who finds what ---

def ours(table, folder):
    table.to_csv(f"{folder}/rows.csv", index=False)
    types = ", ".join(f"{running_name(name)}: text" for name in table)
    shown = running.run(f'load "rows.csv", types: {{{types}}}\nclassify', folder)
    return {row[0]: row[1] for part in running.of_kind(shown, "table") for row in part["rows"]}


def running_name(name):
    return f"`{name}`"


def theirs(table):
    found = {}
    for name, column in table.items():
        # Telephone numbers take it 10 ms each.
        values = column.dropna().tolist()[:8]
        shares = {
            kind: np.mean([any(r.analyze(value, [entity], None) for r, entity in recognisers) for value in values])
            for kind, recognisers in THEIRS.items()}
        best = max(shares, key=shares.get)
        if shares[best] > 0.5:
            found[name] = best
    return found


def score(kind, truth, found):
    right = sum(found.get(name) == kind for name, own in truth.items() if own == kind)
    wrong = sum(found.get(name) == kind for name, own in truth.items() if own != kind)
    all_ = sum(own == kind for own in truth.values())
    return right / max(1, right + wrong), right / max(1, all_)


def main():
    rng = np.random.default_rng(int(sys.argv[1]))
    drawn = list(columns(rng, each=20, rows=120))
    table = pd.DataFrame({name: values for name, values, _ in drawn}, dtype=object)
    truth = {name: kind for name, _, kind in drawn}
    with tempfile.TemporaryDirectory() as folder:
        found = ours(table, folder)
    peers = theirs(table)
    failures = []
    print(f"{'kind':20} {'precision':>9} {'recall':>7}   Presidio: {'precision':>9} {'recall':>7}")
    for kind in KINDS | NAMED:
        precision, recall = score(kind, truth, found)
        peer = "   ".join(f"{value:.3f}" for value in score(kind, truth, peers)) if kind in THEIRS else "no pattern"
        print(f"{kind:20} {precision:9.3f} {recall:7.3f}             {peer}")
        if min(precision, recall) < LEAST:
            failures.append(kind)
            print("  ", [(name, found.get(name)) for name, own in truth.items() if (own == kind) != (found.get(name) == kind)][:8])
    sys.exit(f"below {LEAST}: {failures}" if failures else 0)


main()
