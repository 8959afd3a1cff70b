package grade

import (
	"strings"

	"thaw/questions"
)

// role is what a word or number does in a date.
type role int

const (
	unknown role = iota
	filler       // says nothing: of, the, about, Saturday
	number
	monthName
	seasonName
	bc
	ad
	piece       // early, mid, late
	hundred     // century
	decadeName  // thirties
	decadeMark  // années, Jahre: the number beside it may be a decade
	rangeWord   // to, until
	betweenWord // makes "and" a range word
	andWord
	dash
	slash
)

// dateWords holds what a folded word means in a date, in the languages of the
// banks: English, German, Russian, French and Spanish.
var dateWords = newDateWords()

func newDateWords() map[string]item {
	words := map[string]item{}
	add := func(r role, value int, list string) {
		for _, w := range strings.Fields(list) {
			words[questions.Fold(w)] = item{role: r, value: value}
		}
	}
	for i, list := range monthWords {
		add(monthName, i+1, list)
	}
	for i, list := range seasonWords {
		add(seasonName, i+1, list)
	}
	for i, list := range pieceWords {
		add(piece, i+1, list)
	}
	for i, list := range decadeWords {
		add(decadeName, 10*(i+2), list)
	}
	add(bc, 0, "bc bce")
	add(ad, 0, "ad ce")
	add(hundred, 0, "century centuries cent jahrhundert jahrhunderts jh jhd jhdt siècle siècles siglo век века веке столетие")
	add(decadeMark, 0, "decade jahre jahren années années década años годы годов годах годами")
	add(rangeWord, 0, "to until till through thru bis по до à au jusqu jusque hasta al")
	add(betweenWord, 0, "between zwischen entre между")
	add(filler, 0, fillerWords)
	add(andWord, 0, "and und et и y")
	return words
}

var monthWords = [12]string{
	"january jan januar jänner январь января январе янв janvier janv enero ene",
	"february feb febr februar feber февраль февраля феврале фев февр février févr fév febrero",
	"march mar märz maerz mrz март марта марте мар mars marzo",
	"april apr апрель апреля апреле апр avril avr abril abr",
	"may mai май мая мае mayo",
	"june jun juni июнь июня июне июн juin junio",
	"july jul juli июль июля июле июл juillet juil julio",
	"august aug август августа августе авг août aout agosto ago",
	"september sep sept сентябрь сентября сентябре сен сент septembre septiembre setiembre",
	"october oct oktober okt октябрь октября октябре окт octobre octubre",
	"november nov ноябрь ноября ноябре ноя нояб novembre noviembre",
	"december dec dezember dez декабрь декабря декабре дек décembre déc diciembre dic",
}

var seasonWords = [4]string{
	"spring springtime frühling frühjahr fruehling весна весны весной printemps primavera",
	"summer summertime sommer лето лета летом été verano",
	"autumn fall herbst осень осени осенью automne otoño",
	"winter wintertime зима зимы зимой hiver invierno",
}

var pieceWords = [3]string{
	"early beginning start anfang anfangs beginn начало начале début principios comienzos inicios",
	"mid middle mitte середина середине milieu mediados",
	"late end ende конец конце fin finales fines",
}

var decadeWords = [8]string{
	"twenties zwanziger zwanzigerjahre двадцатые двадцатых",
	"thirties dreißiger dreissiger dreißigerjahre тридцатые тридцатых",
	"forties fourties vierziger vierzigerjahre сороковые сороковых",
	"fifties fünfziger fuenfziger fünfzigerjahre пятидесятые пятидесятых",
	"sixties sechziger sechzigerjahre шестидесятые шестидесятых",
	"seventies siebziger siebzigerjahre семидесятые семидесятых",
	"eighties achtziger achtzigerjahre восьмидесятые восьмидесятых",
	"nineties neunziger neunzigerjahre девяностые девяностых",
}

const fillerWords = `the of in on at year years about around circa ca cca c approximately approx roughly nearly from by it was is date day since during that this i think believe its maybe perhaps probably
	der die das den dem des im am um vom von jahr jahres etwa ungefähr gegen war es ca le la les l du de en vers environ an année el los del año hacia desde d
	в во на с со около примерно год года году г гг было это месяц month julian gregorian calendar old new style os ns o n s
	night morning evening afternoon
	saturday sunday monday tuesday wednesday thursday friday sat sun mon tue tues wed thu thur thurs fri
	samstag sonnabend sonntag montag dienstag mittwoch donnerstag freitag
	lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
	понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье`

// eras writes the many forms of "before Christ" and "anno Domini" as one word.
var eras = strings.NewReplacer(
	"b.c.e.", " bc ", "b.c.e", " bc ", "b. c. e.", " bc ", "b.c.", " bc ", "b.c", " bc ", "b. c.", " bc ",
	"before christ", " bc ", "before the common era", " bc ", "v. chr.", " bc ", "v.chr.", " bc ", "v. chr", " bc ", "v chr", " bc ", "vor christus", " bc ",
	"av. j.-c.", " bc ", "av. j.-c", " bc ", "av j-c", " bc ", "avant jesus-christ", " bc ", "avant j.-c.", " bc ", "do n. e.", " bc ", "do n.e.", " bc ", "do nashey ery", " bc ",
	"a. c.", " bc ", "a.c.", " bc ", "antes de cristo", " bc ",
	"a.d.", " ad ", "a. d.", " ad ", "anno domini", " ad ", "c.e.", " ad ", "c. e.", " ad ", "n. chr.", " ad ", "n.chr.", " ad ", "n. chr", " ad ", "nach christus", " ad ",
	"apr. j.-c.", " ad ", "apres j.-c.", " ad ", "n. e.", " ad ", "n.e.", " ad ", "nashey ery", " ad ", "d. c.", " ad ", "d.c.", " ad ",
	"a principios", " principios ", "a comienzos", " comienzos ", "a mediados", " mediados ", "a finales", " finales ", "a fines", " fines ", "a inicios", " inicios ",
	"first half of", " early ", "second half of", " late ", "erste halfte", " anfang ", "zweite halfte", " ende ",
)

// units, tens and ordinals are the English number words of dates.
var units = map[string]int{
	"zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tens = map[string]int{
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
	"seventieth": 70, "eightieth": 80, "ninetieth": 90,
}

var romanNumbers = map[string]int{
	"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
	"xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21,
}
