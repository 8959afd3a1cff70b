package grade

import (
	"strings"

	"thaw/questions"
)

// foreignCardinals are the number words of French, Russian and Spanish below a
// hundred, as far as they are one word; the place is the number, - is none.
var foreignCardinals = newCounting(
	"un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
	"один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
	"uno dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres",
	"vingt:20 trente:30 quarante:40 cinquante:50 soixante:60 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90",
	"тридцать:30 сорок:40 пятьдесят:50 шестьдесят:60 семьдесят:70 восемьдесят:80 девяносто:90 две:2 одна:1",
)

// foreignOrdinals are the ordinals of French, Russian (of men, as of a century or
// a congress, and their genitive) and Spanish.
var foreignOrdinals = newCounting(
	"premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième",
	"первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый двадцатый",
	"первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого девятнадцатого двадцатого",
	"primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo - - - - - - - vigésimo",
	"première:1 seconde:2 primer:1 tercer:3 primera:1 segunda:2 tercera:3 первая:1 вторая:2 третья:3 третье:3 второе:2 первое:1",
)

func newCounting(lists ...string) map[string]int {
	words := map[string]int{}
	for _, list := range lists {
		for i, w := range strings.Fields(list) {
			w, n, named := strings.Cut(w, ":")
			value := i + 1
			if named {
				value, _ = digits(n, len(n))
			}
			words[questions.Fold(w)] = value
		}
	}
	delete(words, "-")
	return words
}

// otherNumberWord reads one folded number word of another language than English.
func otherNumberWord(w string) (n int, isOrdinal, ok bool) {
	if n, ok := foreignCardinals[w]; ok {
		return n, false, true
	}
	if n, ok := foreignOrdinals[w]; ok {
		return n, true, true
	}
	if n, ok := german(w); ok {
		return n, false, true
	}
	n, ok = germanOrdinal(w)
	return n, true, ok
}
