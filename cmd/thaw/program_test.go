package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestMain lets the test binary be the program: a child started with THAW_MAIN
// set runs it, so that tests meet the real thing without building it twice.
func TestMain(m *testing.M) {
	if os.Getenv("THAW_MAIN") != "" {
		main()
	}
	os.Exit(m.Run())
}

// program is a running server.
type program struct {
	cmd   *exec.Cmd
	url   string
	setup string // path of the set-up link, if one was printed
	log   *journal
	ended chan error
}

// journal is what a program has said so far.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write implements io.Writer.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// command prepares a child that runs the program with the arguments.
func command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...) // #nosec G204 -- the test binary itself
	cmd.Env = append(os.Environ(), "THAW_MAIN=1")
	return cmd
}

// start serves a data folder on a port of its own and waits until it is ready.
func start(t *testing.T, data string, args ...string) *program {
	t.Helper()
	return launch(t, serving(data, args...))
}

// serving prepares a child that serves a data folder on a port of its own.
func serving(data string, args ...string) *exec.Cmd {
	return command(context.Background(), append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, args...)...)
}

// launch starts a child that serves and waits until it is ready.
func launch(t *testing.T, cmd *exec.Cmd) *program {
	t.Helper()
	p := &program{cmd: cmd, log: &journal{}, ended: make(chan error, 1)}
	p.cmd.Stderr = p.log
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.stop(t) })
	lines := bufio.NewScanner(stdout)
	for p.url == "" && lines.Scan() {
		p.read(lines.Text())
	}
	if p.url == "" {
		t.Fatalf("no address was printed; log:\n%s", p.log)
	}
	go func() {
		_, _ = io.Copy(io.Discard, stdout)
		p.ended <- p.cmd.Wait()
	}()
	return p
}

var address = regexp.MustCompile(`https?://\S+`)

// read takes the set-up link, printed first, and the address, printed last.
func (p *program) read(line string) {
	found := address.FindString(line)
	if found == "" {
		return
	}
	if i := strings.Index(found, "/setup/"); i >= 0 {
		p.setup = found[i:]
		return
	}
	p.url = strings.TrimSuffix(found, "/")
}

// stop ends the server as an operator does and wants a clean end.
func (p *program) stop(t *testing.T) {
	t.Helper()
	if p.ended == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.ended:
		if err != nil {
			t.Errorf("ended with %v; log:\n%s", err, p.log)
		}
	case <-time.After(10 * time.Second):
		_ = p.cmd.Process.Kill()
		t.Error("did not end within 10 s of SIGTERM")
	}
	p.ended = nil
}

// kill ends the server without warning.
func (p *program) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	p.ended = nil
}

// browser is a visitor with cookies of its own; it follows redirects.
type browser struct {
	t      *testing.T
	client *http.Client
	base   string
	page   page
}

// page is what the browser shows.
type page struct {
	status int
	path   string
	body   string
	header http.Header
}

func (p *program) browser(t *testing.T) *browser {
	t.Helper()
	return newBrowser(t, p.url)
}

func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, base: base, client: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

func (b *browser) get(path string) page {
	b.t.Helper()
	return b.do(http.MethodGet, path, nil)
}

func (b *browser) post(path string, form url.Values) page {
	b.t.Helper()
	return b.do(http.MethodPost, path, form)
}

func (b *browser) do(method, path string, form url.Values) page {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(context.Background(), method, b.base+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.page = page{res.StatusCode, res.Request.URL.RequestURI(), string(raw), res.Header}
	return b.page
}

// want fails unless the page has the status and shows each text.
func (b *browser) want(status int, texts ...string) {
	b.t.Helper()
	if b.page.status != status {
		b.t.Fatalf("%s: status %d, want %d:\n%s", b.page.path, b.page.status, status, b.page.text())
	}
	for _, text := range texts {
		if !strings.Contains(b.page.text(), text) {
			b.t.Fatalf("%s does not show %q:\n%s", b.page.path, text, b.page.text())
		}
	}
}

// form is a form of the page: where it goes and what it holds.
type form struct {
	action string
	values url.Values
	inputs map[string]string // name to type
}

var errNoForm = errors.New("no such form on the page")

// form finds the first POST form with a field or button of the name; "" is the
// first of all.
func (p page) form(field string) (form, error) {
	doc, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		return form{}, err
	}
	for n := range doc.Descendants() {
		if n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") {
			continue
		}
		f := readForm(n)
		if _, ok := f.inputs[field]; ok || field == "" {
			return f, nil
		}
	}
	return form{}, errNoForm
}

func readForm(n *html.Node) form {
	f := form{action: attr(n, "action"), values: url.Values{}, inputs: map[string]string{}}
	for c := range n.Descendants() {
		name := attr(c, "name")
		if name == "" {
			continue
		}
		f.inputs[name] = attr(c, "type")
		if attr(c, "type") == "hidden" {
			f.values.Set(name, attr(c, "value"))
		}
	}
	return f
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// submit fills a form of the page and sends it.
func (b *browser) submit(field string, pairs ...string) page {
	b.t.Helper()
	f, err := b.page.form(field)
	if err != nil {
		b.t.Fatalf("%s: form with %q: %v\n%s", b.page.path, field, err, b.page.text())
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.values.Set(pairs[i], pairs[i+1])
	}
	return b.post(f.action, f.values)
}

// press sends the form that goes to an address ending in suffix.
func (b *browser) press(suffix string, pairs ...string) page {
	b.t.Helper()
	doc, err := html.Parse(strings.NewReader(b.page.body))
	if err != nil {
		b.t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data != "form" || !strings.HasSuffix(attr(n, "action"), suffix) {
			continue
		}
		f := readForm(n)
		for i := 0; i+1 < len(pairs); i += 2 {
			f.values.Set(pairs[i], pairs[i+1])
		}
		return b.post(f.action, f.values)
	}
	b.t.Fatalf("%s: no form to …%s\n%s", b.page.path, suffix, b.page.text())
	return page{}
}

// text is what a person reads: the page without markup, blanks folded.
func (p page) text() string {
	doc, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		return p.body
	}
	var words []string
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent != nil && n.Parent.Data != "style" && n.Parent.Data != "script" {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(words, " ")
}
