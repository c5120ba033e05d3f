// Package arabic turns Arabic text into words that compare equal however they
// were written, and words into index terms.
//
// Folding takes the compatibility decomposition of every code point (Unicode
// NFKD), lower-cases it, and drops marks: vowel signs, hamza carriers' hamza,
// madda, accents, tatweel, direction and zero-width marks, control characters.
// So أ إ آ ٱ become ا, ؤ becomes و, ئ becomes ي, ﻻ becomes لا, and é becomes e.
// Then letters that differ only in shape or by habit fall together: ى ی ے as
// ي, ة ہ ھ ە as ه, ک ڪ as ك. A hamza on the line (ء) stays, since without it
// ماء (water) would be ما (what). The digits ٠–٩ and ۰–۹ become 0–9.
//
// A word is a run of letters of Arabic script, a run of other letters, or a
// number; everything else separates. Hence «2015م» is two words, «لـCNN» is
// two, «#المحيط_الهادئ» is two, and a full stop needs no space after it. HTML
// entities stand for their character: &quot; separates, &eacute; is a letter.
//
// A number is one word with its separators: 1,500 and ١٬٥٠٠ and 1500 are
// "1500"; 0.38 and ٠٫٣٨ and 0,38 are "0.38". A single point is decimal, a
// single comma groups thousands if three digits follow. What reads as neither,
// like 10.8.2015, is split, and so are dates, times and scores (10/8, 15:08,
// 2-1).
//
// Single letters with points between are one word, and so are three or more
// single letters in a row whatever stands between them: «أ.ف.ب» and «أ ف ب»
// (AFP) are both "افب". The letter و (and) never takes part, nor do م ه ص right
// after a number («2015 م»).
package arabic
