package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// certificate makes a certificate of this computer and its key, as files.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	public, err := x509.CreateCertificate(rand.Reader, &template, &template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "EC PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestBehindHTTPS(t *testing.T) {
	cert, key := certificate(t)
	p := start(t, t.TempDir(), "--tls-cert", cert, "--tls-key", key)
	if !strings.HasPrefix(p.url, "https://127.0.0.1:") {
		t.Fatalf("the address is %s, want https", p.url)
	}
	b := p.browser(t)
	b.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // #nosec G402 -- a certificate of the test's own
	cookies := ""
	b.client.CheckRedirect = func(req *http.Request, _ []*http.Request) error {
		cookies += req.Response.Header.Get("Set-Cookie")
		return nil
	}
	b.get("/")
	b.submit("answer", "answer", "1")
	b.want(200, "1 of 10")
	for _, want := range []string{"__Host-thaw=", "secure", "HttpOnly", "SameSite=Lax", "path=/"} {
		if !strings.Contains(cookies, want) {
			t.Errorf("the cookie %q lacks %s", cookies, want)
		}
	}
	if strings.Contains(strings.ToLower(cookies), "expires") || strings.Contains(strings.ToLower(cookies), "domain") {
		t.Errorf("the cookie %q outlives the browser or the host", cookies)
	}
	if b.page.header.Get("Strict-Transport-Security") == "" {
		t.Error("the page does not say that it wants HTTPS")
	}
}

func TestMetricsStandOnAnAddressOfTheirOwn(t *testing.T) {
	p := start(t, t.TempDir(), "--metrics-addr", "127.0.0.1:0")
	b := p.browser(t)
	b.get("/sittings/77?name=Ada")
	if b.get("/metrics"); b.page.status != 404 {
		t.Errorf("the pages' address answers %d for metrics", b.page.status)
	}
	found := regexp.MustCompile(`msg=metrics address=(\S+)`).FindStringSubmatch(p.log.String())
	if found == nil {
		t.Fatalf("the log names no address of metrics:\n%s", p.log)
	}
	res, err := http.Get("http://" + found[1] + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), `thaw_request_seconds_count{method="GET",route="/sittings/:n",status="200"}`) &&
		!strings.Contains(string(raw), `thaw_request_seconds_count{method="GET",route="/sittings/:n",status="303"}`) {
		t.Errorf("the request is not counted:\n%s", raw)
	}
	if strings.Contains(string(raw), "Ada") || strings.Contains(string(raw), "/sittings/77") {
		t.Error("the metrics hold what was asked for")
	}
}
