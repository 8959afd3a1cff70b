package assets

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// theme is the colours of one theme, by token.
type theme map[string]string

// themes reads the colours out of the sheet as it is served: light, dark by the
// system's wish, dark by the person's.
func themes(t *testing.T) (light, system, chosen theme) {
	t.Helper()
	a, _ := Open(URL("thaw.css"))
	css := string(a.Body)
	return block(t, css, ":root {"), block(t, css, `:root:not([data-theme="light"]) {`), block(t, css, `:root[data-theme="dark"] {`)
}

var token = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9A-Fa-f]{6});`)

func block(t *testing.T, css, selector string) theme {
	t.Helper()
	_, after, ok := strings.Cut(css, selector)
	body, _, closed := strings.Cut(after, "}")
	if !ok || !closed {
		t.Fatalf("no %s in the sheet", selector)
	}
	colours := theme{}
	for _, m := range token.FindAllStringSubmatch(body, -1) {
		colours[m[1]] = m[2]
	}
	return colours
}

// luminance is WCAG 2.2's relative luminance, 0..1.
func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return math.NaN()
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
			continue
		}
		sum += weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return sum
}

// contrast is WCAG 2.2's contrast ratio, 1..21.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func (th theme) contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	if th[a] == "" || th[b] == "" {
		t.Fatalf("the sheet lacks --%s or --%s", a, b)
	}
	return contrast(th[a], th[b])
}

// stated is every figure of the look: front, back, contrast to one decimal.
var stated = map[string][]struct {
	front, back string
	want        float64
}{
	"light": {
		{"mark-1", "paper", 13.1}, {"mark-2", "paper", 9.1}, {"mark-3", "paper", 6.9},
		{"mark-4", "paper", 5.2}, {"mark-5", "paper", 4.2}, {"mark-6", "paper", 3.3},
		{"ink", "paper", 15.0}, {"ink-2", "paper", 7.3}, {"edge", "paper", 3.8},
		{"accent", "paper", 9.2}, {"on-accent", "accent", 9.6}, {"focus", "paper", 6.9},
	},
	"dark": {
		{"mark-1", "paper", 3.3}, {"mark-2", "paper", 4.6}, {"mark-3", "paper", 5.7},
		{"mark-4", "paper", 7.3}, {"mark-5", "paper", 9.6}, {"mark-6", "paper", 13.3},
		{"ink", "paper", 14.8}, {"ink-2", "paper", 9.1}, {"edge", "paper", 4.6},
		{"accent", "paper", 9.3}, {"on-accent", "accent", 9.1}, {"focus", "paper", 9.8},
	},
}

// texts are the pairs in which words stand, shapes those in which a line must be
// seen.
var (
	texts = []string{
		"ink paper", "ink surface", "ink sunk", "ink wash", "ink-2 paper", "ink-2 surface", "ink-2 sunk", "ink-2 wash",
		"accent paper", "accent surface", "accent-hover paper", "accent-hover surface", "accent-hover sunk",
		"on-accent accent", "on-accent accent-hover",
		"right paper", "right surface", "right sunk", "wrong paper", "wrong surface", "wrong sunk",
		"ink fill-1", "ink fill-2", "ink fill-3", "ink fill-4", "ink fill-5", "ink fill-6",
	}
	shapes = []string{
		"edge paper", "edge surface", "accent wash", "focus paper", "focus surface",
		"mark-1 paper", "mark-2 paper", "mark-3 paper", "mark-4 paper", "mark-5 paper", "mark-6 paper",
		"mark-1 surface", "mark-6 surface",
	}
)

func TestContrasts(t *testing.T) {
	light, system, chosen := themes(t)
	if fmt.Sprint(system) != fmt.Sprint(chosen) {
		t.Errorf("the two dark themes differ:\n%v\n%v", system, chosen)
	}
	for name, th := range map[string]theme{"light": light, "dark": chosen} {
		for _, s := range stated[name] {
			if got := th.contrast(t, s.front, s.back); math.Abs(got-s.want) > 0.06 {
				t.Errorf("%s: %s on %s is %.2f, want %.1f", name, s.front, s.back, got, s.want)
			}
		}
		atLeast(t, name, th, texts, 4.5)
		atLeast(t, name, th, shapes, 3)
	}
}

func atLeast(t *testing.T, name string, th theme, pairs []string, least float64) {
	t.Helper()
	for _, pair := range pairs {
		front, back, _ := strings.Cut(pair, " ")
		if got := th.contrast(t, front, back); got < least {
			t.Errorf("%s: %s on %s is %.2f, want at least %.1f", name, front, back, got, least)
		}
	}
}

// TestScaleKeepsItsOrderInGrey holds that marks rise in luminance from frozen to
// glowing, so that a grey print still tells the order.
func TestScaleKeepsItsOrderInGrey(t *testing.T) {
	light, _, dark := themes(t)
	for name, th := range map[string]theme{"light": light, "dark": dark} {
		for step := 2; step <= 6; step++ {
			before, here := fmt.Sprintf("mark-%d", step-1), fmt.Sprintf("mark-%d", step)
			if luminance(th[here]) <= luminance(th[before]) {
				t.Errorf("%s: %s is not lighter than %s", name, here, before)
			}
		}
	}
}
