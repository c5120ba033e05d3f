package article

// monthNames are the months as written in English, French, and Arabic from
// Iraq to Morocco, folded by foldDateRune.
var monthNames = map[string]int{
	"يناير": 1, "جانفي": 1, "كانون الثاني": 1, "january": 1, "jan": 1, "janvier": 1, "janv": 1,
	"فبراير": 2, "شباط": 2, "فيفري": 2, "february": 2, "feb": 2, "février": 2, "fevrier": 2, "févr": 2,
	"مارس": 3, "اذار": 3, "march": 3, "mar": 3, "mars": 3,
	"ابريل": 4, "نيسان": 4, "افريل": 4, "april": 4, "apr": 4, "avril": 4, "avr": 4,
	"مايو": 5, "ايار": 5, "ماي": 5, "مايس": 5, "may": 5, "mai": 5,
	"يونيو": 6, "يونيه": 6, "حزيران": 6, "جوان": 6, "june": 6, "jun": 6, "juin": 6,
	"يوليو": 7, "يوليه": 7, "تموز": 7, "جويليه": 7, "يوليوز": 7, "july": 7, "jul": 7, "juillet": 7, "juil": 7,
	"اغسطس": 8, "اب": 8, "اوت": 8, "غشت": 8, "august": 8, "aug": 8, "août": 8, "aout": 8,
	"سبتمبر": 9, "ايلول": 9, "شتنبر": 9, "september": 9, "sep": 9, "sept": 9, "septembre": 9,
	"اكتوبر": 10, "تشرين الاول": 10, "october": 10, "oct": 10, "octobre": 10,
	"نوفمبر": 11, "تشرين الثاني": 11, "نونبر": 11, "november": 11, "nov": 11, "novembre": 11,
	"ديسمبر": 12, "كانون الاول": 12, "دجنبر": 12, "دسمبر": 12, "december": 12, "dec": 12, "décembre": 12, "decembre": 12, "déc": 12,
}

// zoneNames are the hours east of Greenwich.
var zoneNames = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "غرينتش": 0, "جرينتش": 0, "غرينيتش": 0, "جرينيتش": 0, "قرينتش": 0,
	"msk": 3,
	"wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}

// placeZones are the places named in «بتوقيت مكة» (Mecca time), as hours east of
// Greenwich. Places with summer time are left out.
var placeZones = map[string]int{
	"السعوديه": 3, "مكه": 3, "الرياض": 3, "الكويت": 3, "قطر": 3, "الدوحه": 3, "بغداد": 3,
	"الامارات": 4, "ابوظبي": 4, "دبي": 4, "مسقط": 4, "تونس": 1, "الجزاير": 1, "الجزائر": 1,
}
