package people

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"thaw/app/fault"
)

// One limiter stands before every door that checks a secret. It counts only
// failures, so that a class behind one address gets in.
type door struct{ bounds []bound }

type bound struct {
	key  string
	most int
	in   time.Duration
}

const day = 24 * time.Hour

// passwordDoor is by name and by address.
func passwordDoor(folded, address string) door {
	d := door{[]bound{{"name:" + folded, 10, 15 * time.Minute}, {"name:" + folded, 100, day}}}
	if address != "" {
		d.bounds = append(d.bounds, bound{"address:" + network(address), 200, time.Minute})
	}
	return d
}

// wordsDoor is by address and for all together, since words name nobody.
func wordsDoor(address string) door {
	return door{[]bound{{"address:" + network(address), 200, time.Minute}, {"words", 100, time.Minute}}}
}

// guestDoor counts new guests, which nothing else holds back.
func guestDoor(address string) door {
	return door{[]bound{{"guest:" + network(address), 200, time.Minute}}}
}

// codeDoor is for the codes of classes, by code and by address.
func codeDoor(code, address string) door {
	return door{[]bound{{"code:" + code, 10, 15 * time.Minute}, {"code:" + code, 100, day},
		{"address:" + network(address), 200, time.Minute}}}
}

// linkDoor is for one-time links.
func linkDoor(address string) door {
	return door{[]bound{{"address:" + network(address), 200, time.Minute}}}
}

// network is an IPv4 address, or the /64 of an IPv6 one.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.Masked().String()
}

func (d door) keys() []string {
	var keys []string
	seen := map[string]bool{}
	for _, b := range d.bounds {
		if !seen[b.key] {
			seen[b.key] = true
			keys = append(keys, b.key)
		}
	}
	return keys
}

// open refuses a door that has been tried in vain too often. Bounds of one key
// stand from the shortest to the longest: what is few in a day is few in an hour.
func (d *Desk) open(ctx context.Context, door door) error {
	failed := map[string]int{}
	for _, b := range slices.Backward(door.bounds) {
		if n, counted := failed[b.key]; counted && n < b.most {
			continue
		}
		n, err := d.Store.Failures(ctx, b.key, d.Now().Add(-b.in))
		if err != nil {
			return err
		}
		failed[b.key] = n
		if n >= b.most {
			return fault.New(fault.Limited, "fault.too_often")
		}
	}
	return nil
}

// refuse counts a failure and says so.
func (d *Desk) refuse(ctx context.Context, door door, key string) error {
	if err := d.Store.Fail(ctx, door.keys(), d.Now()); err != nil {
		return err
	}
	return fault.New(fault.Invalid, key)
}

// count lets one more through a door that counts everybody.
func (d *Desk) count(ctx context.Context, door door) error {
	if err := d.open(ctx, door); err != nil {
		return err
	}
	return d.Store.Fail(ctx, door.keys(), d.Now())
}
