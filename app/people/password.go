package people

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"thaw/app/fault"
)

// Cost is what argon2id spends on a password. The zero value is the standard;
// tests take less.
type Cost struct {
	Memory uint32 // KiB
	Passes uint32
}

// The standard cost is 19 MiB, two passes, one lane (OWASP's second choice).
const (
	memory  = 19 * 1024
	passes  = 2
	lanes   = 1
	saltLen = 16
	hashLen = 32
)

// standard is the cost with what was left open.
func (c Cost) standard() Cost {
	return Cost{cmp.Or(c.Memory, memory), cmp.Or(c.Passes, passes)}
}

// phc writes a hash made at the cost as a PHC string.
func (c Cost) phc(salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// A password has 8 to 128 letters; there is no other rule but that it must not
// be one of the commonest.
const shortest, longest = 8, 128

//go:embed common/passwords.txt
var commonest string

// common is built once, when the first password is judged.
var common = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(commonest) {
		set[strings.TrimSpace(line)] = true
	}
	return set
})

// checkPassword says what is wrong with a new password.
func checkPassword(password string) []fault.Field {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return []fault.Field{{Name: "password", Key: "people.password_signs"}}
	case n < shortest:
		return []fault.Field{{Name: "password", Key: "people.password_short", Args: []any{shortest}}}
	case n > longest:
		return []fault.Field{{Name: "password", Key: "people.password_long", Args: []any{longest}}}
	case common()[strings.ToLower(password)]:
		return []fault.Field{{Name: "password", Key: "people.password_common"}}
	}
	return nil
}

// hashing bounds how many hashes, of 19 MiB each, are made at once.
var hashing = make(chan struct{}, 4)

func slot(ctx context.Context) (release func(), err error) {
	select {
	case hashing <- struct{}{}:
		return func() { <-hashing }, nil
	case <-ctx.Done():
		return nil, &fault.Fault{Kind: fault.Limited, Key: "fault.busy", Busy: true, Err: ctx.Err()}
	}
}

// hash returns the password's PHC string.
func (c Cost) hash(ctx context.Context, password string) (string, error) {
	release, err := slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	salt := make([]byte, saltLen)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	c = c.standard()
	return c.phc(salt, argon2.IDKey([]byte(password), salt, c.Passes, c.Memory, lanes, hashLen)), nil
}

// nobody is compared with where there is no account or no password, so that
// this takes the same time.
func (c Cost) nobody() string { return c.standard().phc(make([]byte, saltLen), make([]byte, hashLen)) }

// matches tells whether the password belongs to the PHC string.
func (c Cost) matches(ctx context.Context, phc, password string) (bool, error) {
	known := phc != ""
	if !known {
		phc = c.nobody()
	}
	var version, m, t, p int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 {
		return false, fmt.Errorf("a stored password has %d parts, want 6", len(parts))
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &m, &t, &p); err != nil {
		return false, fmt.Errorf("read a stored password: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("read a stored password's salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("read a stored password's hash: %w", err)
	}
	release, err := slot(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	got := argon2.IDKey([]byte(password), salt, uint32(t), uint32(m), uint8(p), uint32(len(want))) // #nosec G115 -- our own string
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}
