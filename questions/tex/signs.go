package tex

import "strings"

// sign is a command that stands for itself.
type sign struct {
	markup string
	manner manner
}

// fences are what may follow \left and \right.
var fences = map[string]string{
	"(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩",
	`\{`: "{", `\}`: "}", `\|`: "‖", `\langle`: "⟨", `\rangle`: "⟩", `\lfloor`: "⌊", `\rfloor`: "⌋",
	`\lceil`: "⌈", `\rceil`: "⌉", `\lvert`: "|", `\rvert`: "|", `\vert`: "|", `\Vert`: "‖",
	`\lbrace`: "{", `\rbrace`: "}", `\lbrack`: "[", `\rbrack`: "]",
}

var accents = map[string]string{
	`\hat`: "^", `\check`: "ˇ", `\tilde`: "~", `\bar`: "¯", `\vec`: "→", `\dot`: "˙", `\ddot`: "¨",
	`\acute`: "´", `\grave`: "`", `\breve`: "˘",
}

// stretched are marks as wide as what they stand over or under.
var stretched = map[string]struct{ tag, mark string }{
	`\overline`: {"mover", "‾"}, `\underline`: {"munder", "_"}, `\widehat`: {"mover", "^"}, `\widetilde`: {"mover", "~"},
	`\overbrace`: {"mover", "⏞"}, `\underbrace`: {"munder", "⏟"}, `\overrightarrow`: {"mover", "→"}, `\overleftarrow`: {"mover", "←"},
}

// alphabet is the first capital, small letter and digit of an alphabet in Unicode's
// mathematical ones; 0 is none. Some letters stand elsewhere, for they came earlier.
type alphabet struct {
	capital, small, digit rune
	others                map[rune]rune
}

func (a alphabet) of(r rune) string {
	if other, ok := a.others[r]; ok {
		return string(other)
	}
	switch {
	case r >= 'A' && r <= 'Z' && a.capital != 0:
		return string(a.capital + r - 'A')
	case r >= 'a' && r <= 'z' && a.small != 0:
		return string(a.small + r - 'a')
	case r >= '0' && r <= '9' && a.digit != 0:
		return string(a.digit + r - '0')
	}
	return string(r)
}

var alphabets = map[string]alphabet{
	`\mathbf`: {0x1D400, 0x1D41A, 0x1D7CE, nil},
	`\mathit`: {0x1D434, 0x1D44E, 0, map[rune]rune{'h': 'ℎ'}},
	`\mathsf`: {0x1D5A0, 0x1D5BA, 0x1D7E2, nil},
	`\mathtt`: {0x1D670, 0x1D68A, 0x1D7F6, nil},
	`\mathbb`: {0x1D538, 0x1D552, 0x1D7D8, map[rune]rune{'C': 'ℂ', 'H': 'ℍ', 'N': 'ℕ', 'P': 'ℙ', 'Q': 'ℚ', 'R': 'ℝ', 'Z': 'ℤ'}},
	`\mathcal`: {0x1D49C, 0x1D4B6, 0, map[rune]rune{
		'B': 'ℬ', 'E': 'ℰ', 'F': 'ℱ', 'H': 'ℋ', 'I': 'ℐ', 'L': 'ℒ', 'M': 'ℳ', 'R': 'ℛ', 'e': 'ℯ', 'g': 'ℊ', 'o': 'ℴ'}},
	`\mathfrak`: {0x1D504, 0x1D51E, 0, map[rune]rune{'C': 'ℭ', 'H': 'ℌ', 'I': 'ℑ', 'R': 'ℜ', 'Z': 'ℨ'}},
}

// environments are tables, with what stands around them.
var environments = map[string]struct{ left, right, attrs string }{
	"matrix": {}, "array": {}, "pmatrix": {mo("("), mo(")"), ""}, "bmatrix": {mo("["), mo("]"), ""},
	"vmatrix": {mo("|"), mo("|"), ""}, "Bmatrix": {mo("{"), mo("}"), ""}, "Vmatrix": {mo("‖"), mo("‖"), ""},
	"cases": {mo("{"), "", ` class="tex-cases"`}, "aligned": {"", "", ` displaystyle="true" class="tex-aligned"`},
	"align": {"", "", ` displaystyle="true" class="tex-aligned"`}, "align*": {"", "", ` displaystyle="true" class="tex-aligned"`},
	"gathered": {"", "", ` displaystyle="true"`},
}

// signs are made of the lists below.
var signs = table()

func table() map[string]sign {
	all := map[string]sign{
		`\{`: {markup: rigid("{")}, `\}`: {markup: rigid("}")}, `\|`: {markup: rigid("‖")},
		`\!`: {markup: mrow("")}, `\displaystyle`: {markup: mrow("")}, `\textstyle`: {markup: mrow("")},
		`\ `: {markup: mtext("\u00a0")},
	}
	each(letters, func(name, text string) { all[name] = sign{markup: mi(text)} })
	each(capitals, func(name, text string) { all[name] = sign{markup: upright(text)} })
	each(operators, func(name, text string) { all[name] = sign{markup: mo(text)} })
	each(rigids, func(name, text string) { all[name] = sign{markup: rigid(text)} })
	each(sums, func(name, text string) { all[name] = sign{mo(text), limits} })
	each(spaces, func(name, width string) { all[name] = sign{markup: `<mspace width="` + width + `em"/>`} })
	for name := range strings.FieldsSeq(functions) {
		all[`\`+name] = sign{mi(name), function}
	}
	for name := range strings.FieldsSeq(limited) {
		all[`\`+name] = sign{`<mo movablelimits="true">` + name + "</mo>", both}
	}
	return all
}

// each reads a list of names, each with what it stands for.
func each(list string, add func(name, text string)) {
	words := strings.Fields(list)
	for i := 0; i+1 < len(words); i += 2 {
		add(`\`+words[i], words[i+1])
	}
}

const (
	letters = `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
		lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ
		psi ψ omega ω ell ℓ hbar ℏ imath ı jmath ȷ aleph ℵ`
	capitals = `Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ emptyset ∅
		varnothing ∅ Re ℜ Im ℑ partial ∂ nabla ∇ angle ∠ degree ° top ⊤ bot ⊥ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱
		triangle △ square □ diamond ⋄ star ⋆ checkmark ✓ # # $ $ % % & & _ _ prime ′`
	operators = `pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cap ∩ cup ∪
		setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ forall ∀ exists ∃ nexists ∄ in ∈ ni ∋ notin ∉ subset ⊂
		supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ le ≤ leq ≤ ge ≥ geq ≥ ll ≪ gg ≫ ne ≠ neq ≠ lt < gt > equiv ≡
		approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ perp ⊥ parallel ∥ mid ∣ nmid ∤ to → rightarrow → leftarrow ← gets ←
		leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ impliedby ⟸ mapsto ↦
		longrightarrow ⟶ rightleftharpoons ⇌ hookrightarrow ↪ uparrow ↑ downarrow ↓ therefore ∴ because ∵ models ⊨
		vdash ⊢ colon : prec ≺ succ ≻ doteq ≐ triangleq ≜ int ∫ iint ∬ iiint ∭ oint ∮ bmod mod`
	rigids = `langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖
		lbrace { rbrace } lbrack [ rbrack ] backslash \`
	sums      = `sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀`
	spaces    = `, 0.167 : 0.222 > 0.222 ; 0.278 quad 1 qquad 2`
	functions = `sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp arg deg dim hom ker`
	limited   = `lim max min sup inf det gcd Pr`
)
