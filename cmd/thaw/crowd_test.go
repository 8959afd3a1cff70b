package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"thaw/db"
	"thaw/questions"
)

// long tells whether the harnesses of durability run in full, for an hour or so, instead of
// the short rounds of every check.
func long() bool { return os.Getenv("THAW_LONG") != "" }

// longer is a number of the short rounds, or of the full ones.
func longer(short, full int) int {
	if long() {
		return full
	}
	return short
}

// crowd is guests who answer over HTTP, each as fast as it may, and the ledger of what they
// were told. They outlive the server: whoever got no reply sends the same form again.
type crowd struct {
	base   atomic.Pointer[string]
	client *http.Client
	all    []*guest
	guests atomic.Int64
	away   bool // the database may be: then questions cannot be shown again

	mu      sync.Mutex
	taken   []taken         // acknowledged answers
	took    []time.Duration // until each was
	refused int             // with "not saved"
	unheard int             // no reply at all
	odd     []string        // replies that nobody should get
}

// taken is an answer that somebody was told is stored.
type taken struct {
	cookie string // of its guest
	first  bool   // answered on the landing page, whose token is stored as a hash
	sent
}

// sent is an answer as it was sent.
type sent struct {
	path  string
	token string
	value string
}

// guest is one after the other.
type guest struct {
	address string // as a proxy tells it
	cookie  string
	sitting string // path
	pos     int
	waiting *sent // not acknowledged yet
}

// quizSize is how many questions a newcomer's first quiz has.
const quizSize = 10

func newCrowd(n int) *crowd {
	c := &crowd{client: &http.Client{
		Timeout:       30 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: n},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for range n {
		c.all = append(c.all, &guest{})
	}
	return c
}

// behindProxy makes each guest of a crowd come from an address of their own.
const behindProxy = "--trusted-proxies=127.0.0.1"

// at sends the crowd to a server.
func (c *crowd) at(p *program) *crowd {
	c.base.Store(&p.url)
	return c
}

// answer lets everybody answer until enough more answers than now are acknowledged, or
// until enough is 0 and the context ends. Who gets no reply tries again a moment later.
func (c *crowd) answer(ctx context.Context, enough int) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	goal := c.acknowledged() + enough
	var group sync.WaitGroup
	for _, p := range c.all {
		group.Go(func() {
			for ctx.Err() == nil {
				if !c.step(ctx, p) {
					time.Sleep(20 * time.Millisecond)
				}
				if enough > 0 && c.acknowledged() >= goal {
					end()
				}
			}
		})
	}
	group.Wait()
}

// storm lets the crowd answer until the function returned is called.
func (c *crowd) storm(t *testing.T) (over func()) {
	ctx, end := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.answer(ctx, 0)
	}()
	return func() {
		end()
		<-done
	}
}

func (c *crowd) acknowledged() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.taken)
}

// until waits until as many answers more are acknowledged.
func (c *crowd) until(t *testing.T, more int) {
	t.Helper()
	goal := c.acknowledged() + more
	for deadline := time.Now().Add(2 * time.Minute); c.acknowledged() < goal; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d answers more are acknowledged after two minutes", c.acknowledged()-goal+more, more)
		}
	}
}

// step sends one answer and takes note of the reply. It tells whether it was stored.
func (c *crowd) step(ctx context.Context, p *guest) bool {
	if p.waiting == nil {
		next, ok := c.next(ctx, p)
		if !ok {
			return false
		}
		p.waiting = &next
	}
	began := time.Now()
	form := url.Values{"token": {p.waiting.token}, "answer": {p.waiting.value}, "took": {"4000"}}
	r, err := c.send(ctx, http.MethodPost, p, p.waiting.path, form)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
		c.unheard++
	case r.status == http.StatusSeeOther:
		c.accept(p, r, time.Since(began))
		return true
	case r.status == http.StatusServiceUnavailable:
		c.refused++
		want := `value="` + p.waiting.value + `" checked`
		if c.away && strings.Contains(r.body, "Send my answer again") {
			want = `name="answer" value="` + p.waiting.value + `"`
		}
		if !strings.Contains(r.body, "Not saved yet") || !strings.Contains(r.body, want) || !strings.Contains(r.body, p.waiting.token) {
			c.odd = append(c.odd, fmt.Sprintf("a refused answer is not on its page, or it does not say so: %s", page{body: r.body}.text()))
		}
	default:
		c.odd = append(c.odd, fmt.Sprintf("%s answers %d: %s", p.waiting.path, r.status, page{body: r.body}.text()))
	}
	return false
}

// accept notes an answer that was acknowledged, and goes on to the next question.
func (c *crowd) accept(p *guest, r answered, took time.Duration) {
	first := p.cookie == ""
	if first {
		p.cookie, p.sitting, p.pos = r.cookie, strings.TrimSuffix(r.to, "1"), 1
	}
	c.taken = append(c.taken, taken{p.cookie, first, *p.waiting})
	c.took = append(c.took, took)
	p.waiting = nil
	if p.pos++; p.pos > quizSize {
		*p = guest{}
	}
}

var landingToken = regexp.MustCompile(`name="token" value="([^"]+)"`)

// next is the answer to send: to the landing page's question by a new guest, or to the next
// of the quiz.
func (c *crowd) next(ctx context.Context, p *guest) (sent, bool) {
	if p.cookie != "" {
		return sent{fmt.Sprintf("%s%d", p.sitting, p.pos), token(), "1"}, true
	}
	n := c.guests.Add(1)
	p.address = fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)
	r, err := c.send(ctx, http.MethodGet, p, "/", nil)
	if err != nil {
		return sent{}, false
	}
	if c.away && r.status == http.StatusServiceUnavailable {
		return sent{}, false
	}
	found := landingToken.FindStringSubmatch(r.body)
	if r.status != http.StatusOK || found == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.odd = append(c.odd, fmt.Sprintf("the landing page answers %d: %s", r.status, page{body: r.body}.text()))
		return sent{}, false
	}
	return sent{"/", found[1], "1"}, true
}

// answered is what came back.
type answered struct {
	status           int
	to, cookie, body string
}

func (c *crowd) send(ctx context.Context, method string, p *guest, path string, form url.Values) (answered, error) {
	// What is sent is heard out, also when the storm is over.
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), method, *c.base.Load()+path, strings.NewReader(form.Encode()))
	if err != nil {
		return answered{}, err
	}
	req.Header.Set("X-Forwarded-For", p.address)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if p.cookie != "" {
		req.Header.Set("Cookie", p.cookie)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return answered{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	r := answered{status: res.StatusCode, to: res.Header.Get("Location"), body: string(body)}
	for _, cookie := range res.Cookies() {
		r.cookie = cookie.Name + "=" + cookie.Value
	}
	return r, err
}

var tokens atomic.Int64

// token is one that no form has had.
func token() string { return fmt.Sprintf("token-of-the-crowd-%d", tokens.Add(1)) }

// stored is an answer in the database.
type stored struct {
	learner      questions.LearnerID
	sitting, pos int
	response     string
}

// kept fails for each answer that was acknowledged and is lost, is another's, or is there
// twice, and for each reply that nobody should have got. It returns how many answers are
// stored.
func (c *crowd) kept(t *testing.T, in *parts) int {
	t.Helper()
	d := in.db
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, odd := range c.odd[:min(len(c.odd), 5)] {
		t.Errorf("one of %d odd replies: %s", len(c.odd), odd)
	}
	byToken, byPlace, n := allAnswers(t, d)
	for place, times := range byPlace {
		if times > 1 {
			t.Errorf("question %d of sitting %d of learner %d is answered %d times", place.pos, place.sitting, place.learner, times)
		}
	}
	people, who := db.People{DB: d}, map[string]questions.LearnerID{}
	for _, a := range c.taken {
		if _, ok := who[a.cookie]; !ok {
			_, value, _ := strings.Cut(a.cookie, "=")
			hash := sha256.Sum256([]byte(value))
			person, _, err := people.Session(t.Context(), hash[:], time.Now())
			if err != nil {
				t.Errorf("a guest who was let in is gone: %v", err)
			}
			who[a.cookie] = person.ID
		}
		c.look(t, a, who[a.cookie], byToken, byPlace)
	}
	return n
}

// look looks for one answer that was acknowledged.
func (c *crowd) look(t *testing.T, a taken, who questions.LearnerID, byToken map[string][]stored, byPlace map[stored]int) {
	t.Helper()
	if a.first {
		if byPlace[stored{learner: who, sitting: 1, pos: 1}] != 1 {
			t.Errorf("the first answer of learner %d was acknowledged and is stored %d times", who, byPlace[stored{learner: who, sitting: 1, pos: 1}])
		}
		return
	}
	want := stored{learner: who, response: `["` + a.value + `"]`}
	if _, err := fmt.Sscanf(a.path, "/sittings/%d/questions/%d", &want.sitting, &want.pos); err != nil {
		t.Fatal(err)
	}
	if got := byToken[a.token]; !slices.Equal(got, []stored{want}) {
		t.Errorf("%s was acknowledged to learner %d and is stored as %+v, want %+v", a.path, who, got, want)
	}
}

// allAnswers reads all answers, by token and by place.
func allAnswers(t *testing.T, d *db.DB) (byToken map[string][]stored, byPlace map[stored]int, n int) {
	t.Helper()
	driver, name := "sqlite3", d.Path()
	if name == "" {
		driver, name = "pgx", os.Getenv("THAW_DB")
	}
	over, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer over.Close()
	rows, err := over.QueryContext(t.Context(), `SELECT learner, sitting, pos, token, response FROM event WHERE what = 'answer'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	byToken, byPlace = map[string][]stored{}, map[stored]int{}
	for ; rows.Next(); n++ {
		var s stored
		var token string
		if err := rows.Scan(&s.learner, &s.sitting, &s.pos, &token, &s.response); err != nil {
			t.Fatal(err)
		}
		byToken[token] = append(byToken[token], s)
		byPlace[stored{learner: s.learner, sitting: s.sitting, pos: s.pos}]++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return byToken, byPlace, n
}

// quantile is the time within which a share of some things took place.
func quantile(took []time.Duration, share float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.SortedFunc(slices.Values(took), cmp.Compare[time.Duration])
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}

func (c *crowd) refusals() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused
}
