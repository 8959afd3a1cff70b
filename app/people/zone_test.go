package people

import (
	"testing"
	"time"
)

func TestZone(t *testing.T) {
	for name, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "UTC": "UTC", "": "UTC", "Europe/Atlantis": "UTC", "../etc/passwd": "UTC",
	} {
		for range 2 { // loaded, and kept
			if got := Zone(name).String(); got != want {
				t.Errorf("Zone(%q) is %s, want %s", name, got, want)
			}
		}
	}
	if first, again := Zone("Europe/Berlin"), Zone("Europe/Berlin"); first != again {
		t.Error("the zone is loaded again")
	}
	if _, kept := loaded.Load("Europe/Atlantis"); kept {
		t.Error("a name that anybody made up is kept")
	}
}

func BenchmarkZone(b *testing.B) {
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			Zone("Europe/Berlin")
		}
	})
	b.Run("loaded", func(b *testing.B) {
		for b.Loop() {
			_, _ = time.LoadLocation("Europe/Berlin")
		}
	})
}
