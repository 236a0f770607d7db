import pytest

from models.domain.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anaemia", "anemia"),
        ("ANÆMIA ", "Anemia"),
        ("oedema", "edema"),
        ("Oesophagitis", "Esophagitis"),
        ("gastro-oesophageal", "gastro-esophageal"),
        ("diarrhoea", "Diarrhea"),
        ("thrombocytopaenia", "Thrombocytopenia"),
        ("leucocytosis", "Leukocytosis"),
        ("tumour lysis", "Tumor  lysis"),
        ("dyspnoea", "Dyspnea"),
        ("haemorrhage", "Hemorrhage"),
        ("Foà", "foa"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["thromboembolic", "gastroesophageal", "leukoencephalopathy"])
def test_american_words_are_left_as_they_are(word: str) -> None:
    assert fold(word) == word
