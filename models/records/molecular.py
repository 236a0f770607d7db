"""MRD results as raw copies, their replicates, and ABL1 mutation tests."""

from models.domain import codelists as lists
from models.domain.fields import choice, date, integer, note, quantity, text
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.kind import Record, record_kind


@record_kind("mrd", "MRD result", sdtm="LB")
class MrdResult(Record):
    """One BCR::ABL1 measurement of one transcript in one sample. Ratio, sensitivity and class are derived from it."""

    visit: str | None = choice("Visit", lists.VISIT)
    collected: PartialDate = date("Collected", sdtm="LBDTC", required=True)
    specimen: str = choice("Specimen", lists.SPECIMEN, sdtm="LBSPEC", required=True)
    transcript: str = choice("Transcript", lists.TRANSCRIPT, sdtm="LBTESTCD", required=True)
    target_copies: Quantity | None = quantity(
        "BCR::ABL1 copies",
        "copies",
        sdtm="LBORRES",
        help="0 where no transcript was detected; the sum of the replicates",
    )
    control_copies: Quantity | None = quantity(
        "Control-gene copies", "copies", sdtm="LBORRES", help="The sum of the replicates"
    )
    control_gene: str | None = choice("Control gene", lists.CONTROL_GENE)
    lab_category: str | None = choice(
        "Laboratory's category",
        lists.LAB_CATEGORY,
        help="As printed on the report; it wins over what the copies suggest",
    )
    lab_ratio: Quantity | None = quantity(
        "Ratio on the report", "%", sdtm="LBORRES", help="Only where the report prints one"
    )
    quantifiable_limit: Quantity | None = quantity("Limit of quantification", "%", sdtm="LBLLOQ")
    positive_replicates: int | None = integer("Positive replicates")
    replicates: int | None = integer("Replicates run")
    method: str | None = choice("Method", lists.MRD_METHOD, sdtm="LBMETHOD")
    international_factor: Quantity | None = quantity(
        "International Scale factor", help="For p210 only; there is none for p190"
    )
    laboratory: str | None = choice("Laboratory", lists.LABORATORY, sdtm="LBNAM")
    reported: PartialDate | None = date("Report date")
    comment: str | None = note("Comment")


@record_kind("replicate", "MRD replicate", sdtm="LB", parent="mrd")
class MrdReplicate(Record):
    """One well of an MRD measurement."""

    number: int = integer("Replicate", required=True)
    target_copies: Quantity | None = quantity("BCR::ABL1 copies", "copies")
    control_copies: Quantity | None = quantity("Control-gene copies", "copies")


@record_kind("mutation", "ABL1 mutation test", sdtm="GF")
class Mutation(Record):
    """One ABL1 kinase-domain mutation test. A later test without the mutation shows that it cleared."""

    collected: PartialDate = date("Collected", sdtm="GFDTC", required=True)
    specimen: str | None = choice("Specimen", lists.SPECIMEN, sdtm="GFSPEC")
    result: str | None = choice("Result", lists.MUTATION_RESULT, help="Leave empty while the result is awaited")
    variant: str | None = text("Mutation", sdtm="GFORRES", help="Amino-acid change, for example T315I")
    allele_fraction: Quantity | None = quantity("Allele fraction", "%", sdtm="GFORRES")
    method: str | None = choice("Method", lists.MUTATION_METHOD, sdtm="GFMETHOD")
    laboratory: str | None = choice("Laboratory", lists.LABORATORY)
    reported: PartialDate | None = date("Report date")
    comment: str | None = note("Comment")
