package people

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	"thaw/questions"
)

// A PIN and the link of a slip follow from the installation's key, the learner
// and a generation, as recovery words do: they can be printed again right after
// they were made, and nothing of them is stored. A hash would keep six digits
// from nobody: whoever has it tries them all. What protects them is the limiter.

// pin is six digits that nobody guesses first.
func pin(key []byte, who questions.LearnerID, generation int) string {
	for try := byte(0); ; try++ {
		sum := keyed(key, "pin", generationOf(who, generation), []byte{try})
		digits := fmt.Sprintf("%06d", binary.BigEndian.Uint64(sum)%1_000_000)
		if !easy(digits) {
			return digits
		}
	}
}

// easy tells whether digits repeat themselves (111111, 121212, 123123) or count
// up or down (345678, 210987).
func easy(digits string) bool {
	for period := 1; period <= len(digits)/2; period++ {
		if strings.HasPrefix(digits, digits[period:]) {
			return true
		}
	}
	up, down := true, true
	for i := 1; i < len(digits); i++ {
		step := (10 + int(digits[i]) - int(digits[i-1])) % 10
		up, down = up && step == 1, down && step == 9
	}
	return up || down
}

func generationOf(who questions.LearnerID, generation int) []byte {
	raw := binary.BigEndian.AppendUint64(nil, uint64(who))        // #nosec G115 -- bits
	return binary.BigEndian.AppendUint32(raw, uint32(generation)) // #nosec G115 -- counts from 1
}

// readPIN takes a PIN as it is typed, with blanks or hyphens anywhere.
func readPIN(typed string) string {
	if len(typed) > 60 {
		return ""
	}
	return strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(typed)
}

// SpellPIN writes a PIN as it stands on a slip.
func SpellPIN(digits string) string {
	if len(digits) != 6 {
		return digits
	}
	return digits[:3] + " " + digits[3:]
}

// fits compares in the same time whatever was typed.
func fits(typed, want string) bool {
	return subtle.ConstantTimeCompare([]byte(typed), []byte(want)) == 1
}

const (
	passID  = 8  // bytes of a slip's link that name the learner
	passMAC = 16 // bytes that prove it
)

// pass is what the link of a slip holds.
func pass(key []byte, who questions.LearnerID, generation int) string {
	raw := generationOf(who, generation)
	return base64.RawURLEncoding.EncodeToString(append(raw[:passID:passID], keyed(key, "slip", raw)[:passMAC]...))
}

// readPass tells whom a slip's link is for; whether it is good, only pass can
// tell. 0: it is none.
func readPass(value string) questions.LearnerID {
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(raw) != passID+passMAC {
		return 0
	}
	return questions.LearnerID(binary.BigEndian.Uint64(raw)) // #nosec G115 -- bits
}

// Pass returns what the link of a seat's slip holds, and its PIN.
func (d *Desk) Pass(ctx context.Context, s Seat) (value, digits string, err error) {
	key, err := d.secret(ctx)
	if err != nil || s.PIN == 0 {
		return "", "", err
	}
	return pass(key, s.Learner, s.PIN), pin(key, s.Learner, s.PIN), nil
}
