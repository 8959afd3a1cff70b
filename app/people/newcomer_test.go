package people

import (
	"testing"

	"thaw/app/fault"
)

func TestTokensOfOthersAreRefused(t *testing.T) {
	for _, token := range []string{"", "short", "with blanks in the token", "ünïcode-ünïcode-ünïcode", string(make([]byte, 100))} {
		if err := CheckToken(token); !fault.Is(err, fault.Invalid) {
			t.Errorf("token %q: %v, want invalid", token, err)
		}
	}
	if err := CheckToken("AbC-_0123456789xyz"); err != nil {
		t.Errorf("a token of ours: %v", err)
	}
}
