// Package plain reads and writes questions in a notation of our own, which is typed
// into a text box. Three lines are a question:
//
//	Where was the Secret Speech given?
//	* Moscow
//	- Leningrad
//
// A question is a line, and what belongs to it stands below. Empty lines part questions;
// they are needed only where nothing else tells that a new one begins.
//
//	Who gave the speech? = Khrushchev | Nikita Khrushchev
//	When was it given? = 25 February 1956
//	How many delegates were there? = 1436 ± 10
//	Stalin lived to hear it. = false
//	the Thaw :: the years after Stalin's death
//	The speech was on {{25 February 1956}} in {{Moscow|Moskva}}.
//
// # What a line begins with
//
// Each of these signs is followed by a blank.
//
//	?     a question; needed only where its text could be taken for something else
//	*     an option that is right: one makes a choice, more make a choice of several
//	-     an option that is wrong; an answer that is foreseen, and wrong; of a match,
//	      what belongs to nothing
//	-50%  the same, worth half (no blank before the number)
//	=     the answer that is typed, and below it others that are right as well
//	=2 -2 the same for the second gap of a text; the gap may stay empty: {{}}
//	::    the back of a flashcard; ::: makes a second card of it, the other way round
//	1.    a thing to put in order, by the numbers; two with the same number stand
//	      either way
//	a -> b  a pair to match; = a -> b where its text could be taken for something else
//	>     why the key is right, said after the answer
//	#     a topic for all that follows; ## a part of it; # alone ends it
//	//    a remark, which is left out
//
// Answer, back and pair may stand behind the question in its own line, as above. Of
// several " = " the first behind the end of a sentence parts them, else the first. A tab
// between two texts makes a flashcard of them, so two columns of a sheet can be pasted.
// A number before a question (1. or 1)) is left out.
//
// # In a line
//
//	>>   what is said to a wrong answer: - Malenkov >> He lost the office in 1955.
//	     Of a thing to put in order: when it was, a date.
//	|    or: another answer that is right
//	±    how far off a number may be; +- and +/- as well
//
// These signs, -> and the commas of tags are taken as text behind a backslash: a \>> b.
// All other text is Markdown and is kept as it is. Lines that are indented by two blanks
// or more go on with what stands before them, empty lines between included, so that a
// text may have paragraphs and lists.
//
// # Below a question
//
//	as: person      how the answer is compared: person, place, org, title, term, ordinal,
//	                set, date, number; for a text with gaps one for each, with commas.
//	                Or the kind: choice, several, truth, text, order, match, cloze, flash
//	tags: a, b      its tags
//	level: apply    remember, understand, apply or analyse
//	lang: de        its language; before the first question, that of all
//	back: ru        the language of the answers
//	fixed: yes      the options keep their order
//	state: draft    draft, live or retired; a draft need not be finished
//
// Without "as", an answer with a day, a month or a year is a date, one of digits is a
// number, and anything else is a term. Four digits from 1000 to 2099 are a year, unless
// the question begins with "How many" or "How much". Dates are written in any form that
// the grader reads as one date.
package plain

// Example is a short text in the notation, as a page may show it.
func Example() string {
	return `# The Secret Speech

Where was the Secret Speech given?
* Moscow
- Leningrad >> It had this name until 1991.
- Kiev
> All congresses of the party met in Moscow.

Who gave it? = Khrushchev | Nikita Khrushchev
When? = 25 February 1956
The speech was broadcast on the radio. = false
the Thaw :: the years after Stalin's death
`
}
