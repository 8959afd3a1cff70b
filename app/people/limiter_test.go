package people

import (
	"slices"
	"testing"
	"time"
)

// TestDoorsHoldTheirNumbers: by account, code or PIN 10 in 15 minutes and 100 a day, by
// address 200 a minute, for words 100 a minute in all.
func TestDoorsHoldTheirNumbers(t *testing.T) {
	own := func(key string) []bound { return []bound{{key, 10, 15 * time.Minute}, {key, 100, 24 * time.Hour}} }
	from := bound{"address:192.0.2.7", 200, time.Minute}
	for name, c := range map[string]struct {
		door door
		want []bound
	}{
		"a password":    {passwordDoor("ada", "192.0.2.7"), append(own("name:ada"), from)},
		"one's own":     {passwordDoor("ada", ""), own("name:ada")},
		"a code":        {codeDoor("ABCD", "192.0.2.7"), append(own("code:ABCD"), from)},
		"words":         {wordsDoor("192.0.2.7"), []bound{from, {"words", 100, time.Minute}}},
		"a link":        {linkDoor("192.0.2.7"), []bound{from}},
		"a new guest":   {guestDoor("192.0.2.7"), []bound{{"guest:192.0.2.7", 200, time.Minute}}},
		"a PIN":         {seatDoor(7, 3, "192.0.2.7"), append(own("seat:7:3"), from)},
		"a new network": {guestDoor("2001:db8:1:2:3:4:5:6"), []bound{{"guest:2001:db8:1:2::/64", 200, time.Minute}}},
	} {
		if !slices.Equal(c.door.bounds, c.want) {
			t.Errorf("the door of %s holds %+v, want %+v", name, c.door.bounds, c.want)
		}
	}
}

func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8::1": "2001:db8::/64", "2001:db8:0:1:ffff::1": "2001:db8:0:1::/64", "fe80::1%eth0": "fe80::/64", "": "", "nonsense": "nonsense"} {
		if got := network(address); got != want {
			t.Errorf("the network of %q is %q, want %q", address, got, want)
		}
	}
}
