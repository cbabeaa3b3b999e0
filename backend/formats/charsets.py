"""From bytes to text by a ladder that never fails.

The declared charset if we know it, then strict UTF-8, then a guess by charset-normalizer on a bounded
sample, then Latin-1. Charset names come from the wire, so they are looked up in a table made at import:
Python's own codec lookup would import modules by that name, cache every miss, and offer codecs that are
no charsets (`idna` and `punycode` take quadratic time).
"""

from __future__ import annotations

import codecs
import re
from encodings.aliases import aliases
from functools import lru_cache

from charset_normalizer import from_bytes

SAMPLE_BYTES = 4096
_SHORTEST_SAMPLE = 24  # a guess on less is a coin toss
# What undeclared mail is in fact written in; the whole list takes thirty times as long and guesses worse.
_CANDIDATES = [
    *("cp1252", "cp1251", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "euc_kr"),
    *("cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
]
_SURROGATE = re.compile("[\ud800-\udfff]")  # half characters, which UTF-7 lets through
_C1 = re.compile(rb"[\x80-\x9f]")

# Python's codecs that are charsets of mail; everything else in `encodings` is unknown to us.
_CODECS = """
ascii big5 big5hkscs cp037 cp273 cp424 cp437 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858
cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 cp875 cp932 cp949 cp950 cp1006 cp1026 cp1125 cp1140
cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 euc_jis_2004 euc_jisx0213 euc_jp euc_kr
gb18030 gb2312 gbk hz iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext
iso2022_kr iso8859_1 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9
iso8859_10 iso8859_11 iso8859_13 iso8859_14 iso8859_15 iso8859_16 johab koi8_r koi8_t koi8_u kz1048
latin_1 mac_cyrillic mac_greek mac_iceland mac_latin2 mac_roman mac_turkish ptcp154 shift_jis
shift_jis_2004 shift_jisx0213 tis_620 utf_7 utf_8 utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le
"""

# Names seen in mail that Python's alias table lacks; the WHATWG reads the first ones as we do.
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb231280": "gb18030",
    "xgbk": "gb18030",
    "ksc56011987": "cp949",
    "ksc5601": "cp949",
    "euckr": "cp949",
    "shiftjis": "cp932",
    "xsjis": "cp932",
    "sjis": "cp932",
    "windows31j": "cp932",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "iso88598i": "iso8859_8",
    "iso88598e": "iso8859_8",
    "iso88596i": "iso8859_6",
    "tis620": "cp874",
    "xwindows949": "cp949",
    "xmaccyrillic": "mac_cyrillic",
    "xmacroman": "mac_roman",
    "macintosh": "mac_roman",
    "xeucjp": "euc_jp",
    "xbig5": "big5",
    "unicode11utf8": "utf_8",
    "utf8mb4": "utf_8",
    "xutf8": "utf_8",
}


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _known_names() -> dict[str, str]:
    known = frozenset(_CODECS.split())
    names = {_key(codec): codec for codec in known}
    names.update({_key(alias): codec for alias, codec in aliases.items() if codec in known})
    names.update(_ALIASES)
    for key, codec in list(names.items()):
        if key.startswith("cp") and key[2:].isdigit():
            names.update({f"windows{key[2:]}": codec, f"ibm{key[2:]}": codec, f"xcp{key[2:]}": codec})
    return {key: codecs.lookup(codec).name for key, codec in names.items()}


_NAMES = _known_names()
_ASCII_SUPERSETS = frozenset(
    name
    for name in set(_NAMES.values())
    if name.startswith(("iso8859", "cp125", "koi8", "mac-", "gb", "euc_", "big5"))
    or name in {"ascii", "utf-8", "cp949", "cp874", "cp932"}
)


@lru_cache(512)
def codec_of(charset: str) -> str | None:
    """The Python codec for a charset name as found in mail (`cp-850`, `UTF8`, `"iso-8859-1"`), or None."""
    return _NAMES.get(_key(charset[:64]))


def decode(data: bytes, charset: str = "", *, guess: bool = True) -> str:
    """Text of `data`, whatever it is; `guess=False` leaves out the statistics, for short header words.

    The text can always be written as UTF-8.
    """
    codec = codec_of(charset) if charset else None
    if data.isascii() and (codec is None or codec in _ASCII_SUPERSETS):
        return data.decode("ascii")
    if codec is not None and codec != "ascii":
        try:
            text = data.decode(codec)
            return text if codec != "utf-7" else _SURROGATE.sub("\ufffd", text)
        except (UnicodeError, ValueError):
            if codec.startswith(("utf-16", "utf-32", "iso2022", "hz", "utf-7")):
                return _SURROGATE.sub("\ufffd", data.decode(codec, "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # the next step of the ladder
    if codec is not None and codec != "ascii":
        return data.decode(codec, "replace")
    if guess and len(data) >= _SHORTEST_SAMPLE:
        guessed = _guess(data)
        if guessed is not None:
            return guessed
    return data.decode("cp1252", "replace") if _C1.search(data) else data.decode("latin-1")


def _guess(data: bytes) -> str | None:
    sample = data[:SAMPLE_BYTES]
    if len(data) > SAMPLE_BYTES:
        # A character cut in two would speak against the multi-byte charset it belongs to.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    match = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    codec = codec_of(match.encoding) if match is not None else None
    return data.decode(codec, "replace") if codec is not None else None
