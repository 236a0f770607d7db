"""The sections of a protocol file that say how the cohort is counted and watched."""

from decimal import Decimal

from models.protocols import model
from models.protocols.model import Analysis, Monitoring
from models.protocols.table import Table

_NEEDED = {
    "binomial": ("alpha",),
    "beta-binomial": ("certainty", "prior"),
    "simon": ("target", "alpha", "beta", "design"),
}
"""The keys that a method needs besides `limit` and `patients`; those of the other methods are refused."""
# As in Simon's own tables: closer rates and smaller errors ask for more patients than a trial of this shape has, and
# finding the design takes long.
_LEAST_DIFFERENCE = Decimal("0.15")
_SMALLEST_ERROR, _LARGEST_ERROR = Decimal("0.01"), Decimal("0.5")
_OF_TOXICITY = ("grade", "drugs", "phases")


def analysis(root: Table) -> Analysis:
    """The `[analysis]` table; the defaults where there is none."""
    if not root.has("analysis"):
        return Analysis()
    entry = root.table("analysis")
    usual = Analysis()
    found = Analysis(
        months=entry.integers("months", usual.months, least=1),
        age_bands=entry.integers("age_bands", usual.age_bands, least=1),
        landmark_sample=entry.one_of("landmark_sample", model.LANDMARK_SAMPLES, usual.landmark_sample),
    )
    entry.finish()
    return found


def monitoring(root: Table) -> tuple[Monitoring, ...]:
    """The `[[monitoring]]` entries."""
    return tuple(_rule(entry) for entry in root.tables("monitoring"))


def _rule(entry: Table) -> Monitoring:
    rule = Monitoring(
        code=entry.text("code"),
        label=entry.text("label"),
        watches=entry.one_of("watches", model.WATCHED),
        method=entry.one_of("method", model.BOUNDARIES),
        limit=_rate(entry, "limit"),
        patients=entry.integer("patients", 0),
        first_look=entry.integer("first_look", 1, least=1),
        target=_rate(entry, "target") if entry.has("target") else None,
        alpha=_rate(entry, "alpha") if entry.has("alpha") else None,
        beta=_rate(entry, "beta") if entry.has("beta") else None,
        design=entry.one_of("design", model.SIMON_DESIGNS, ""),
        certainty=_rate(entry, "certainty") if entry.has("certainty") else None,
        prior=entry.decimals("prior"),
        grade=entry.integer("grade", 3, least=1),
        drugs=entry.texts("drugs"),
        phases=entry.texts("phases"),
        landmark=entry.text("landmark", ""),
        source=entry.text("source", ""),
    )
    entry.finish()
    _check_method(entry, rule)
    _check_what_is_watched(entry, rule)
    return rule


def _check_method(entry: Table, rule: Monitoring) -> None:
    needed = _NEEDED[rule.method]
    for key in sorted({key for keys in _NEEDED.values() for key in keys}):
        if entry.has(key) != (key in needed):
            words = "needs" if key in needed else "does not use"
            raise entry.refusal(key if entry.has(key) else "", f'the method "{rule.method}" {words} "{key}".')
    if rule.method == "simon":
        if rule.watches != "response":
            raise entry.refusal("method", "Simon's design watches response.")
        if entry.has("patients") or entry.has("first_look"):
            key = "patients" if entry.has("patients") else "first_look"
            raise entry.refusal(key, f'Simon\'s design gives the numbers of patients itself: leave out "{key}".')
        if rule.target is not None and rule.target - rule.limit < _LEAST_DIFFERENCE:
            raise entry.refusal("target", f'"target" must lie {_LEAST_DIFFERENCE} or more above "limit".')
        for key, error in (("alpha", rule.alpha), ("beta", rule.beta)):
            if error is not None and not _SMALLEST_ERROR <= error < _LARGEST_ERROR:
                raise entry.refusal(key, f'"{key}" must be {_SMALLEST_ERROR} or more, and below {_LARGEST_ERROR}.')
    elif rule.patients < rule.first_look:
        raise entry.refusal("patients", '"patients" must be at least 1, and not below "first_look".')
    if rule.method == "beta-binomial" and (len(rule.prior) != 2 or 0 in rule.prior):
        raise entry.refusal("prior", '"prior" must be the two numbers of a beta distribution, both more than 0.')


def _check_what_is_watched(entry: Table, rule: Monitoring) -> None:
    if (rule.watches == "response") != bool(rule.landmark):
        raise entry.refusal(
            "landmark", 'what watches "response" needs "landmark", the visit at which it is read; nothing else has one.'
        )
    for key in _OF_TOXICITY:
        if rule.watches != "toxicity" and entry.has(key):
            raise entry.refusal(key, f'"{key}" belongs to a rule that watches "toxicity".')
    if rule.grade > 5:
        raise entry.refusal("grade", '"grade" must be from 1 to 5.')


def _rate(entry: Table, key: str) -> Decimal:
    value = entry.decimal(key)
    if not 0 < value < 1:
        raise entry.refusal(key, f'"{key}" must lie between 0 and 1.')
    return value
