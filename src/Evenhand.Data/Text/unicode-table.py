"""Writes unicode-table.txt from Python's unicodedata: python3 unicode-table.py > unicode-table.txt

D code point, its full compatibility decomposition (Hangul syllables are worked out instead);
A code point, its canonical decomposition without nonspacing marks;
P code point, the pair of code points that composes to it;
M first and last code point of a range, its combining class.
All numbers but the class are hexadecimal.
"""
import unicodedata

print(f"# Unicode {unicodedata.unidata_version}, by unicode-table.py; data under the Unicode licence")
POINTS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and not 0xAC00 <= c <= 0xD7A3]
for char in POINTS:
    full = unicodedata.normalize("NFKD", char)
    if full != char:
        print("D", f"{ord(char):X}", *(f"{ord(c):X}" for c in full))
for char in POINTS:
    full = unicodedata.normalize("NFD", char)
    if full != char and unicodedata.category(char) != "Mn":
        print("A", f"{ord(char):X}", *(f"{ord(c):X}" for c in full if unicodedata.category(c) != "Mn"))
for char in POINTS:
    parts = unicodedata.decomposition(char).split()
    if len(parts) == 2 and parts[0][0] != "<" and unicodedata.normalize("NFC", char) == char:
        print("P", f"{ord(char):X}", *parts)
first = 0
for code in range(0x110000 + 1):
    kind = unicodedata.combining(chr(code)) if code < 0x110000 else 0
    if code == 0 or kind != last:
        if code > 0 and last > 0:
            print("M", f"{first:X}", f"{code - 1:X}", last)
        first, last = code, kind
