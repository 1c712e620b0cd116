package mdt

import (
	"net/netip"
	"time"
)

// Rate is a limit on how often: Burst at once, and from then on one every Every. It is the generic cell rate
// algorithm (ITU-T I.371): all it has to remember is one moment, by which everything that was taken is made up
// for. A moment that has passed, or none, is as good as any other such moment.
type Rate struct {
	Burst int
	Every time.Duration
}

// NetworkRate is how often one network may post: a school shares one, and a class fills in a form at once.
var NetworkRate = Rate{Burst: 60, Every: 10 * time.Second}

// AddressRate is how often a letter goes to an address that nobody has shown to be their own.
var AddressRate = Rate{Burst: 3, Every: 24 * time.Hour}

// Take takes one, where the limit allows it now: made is then the moment to remember and wait is 0. Else made
// stays what it was, and wait is how long until there is one.
func (r Rate) Take(made, now time.Time) (then time.Time, wait time.Duration) {
	when, then := r.Reserve(made, now)
	if wait = when.Sub(now); wait > 0 {
		return made, wait
	}
	return then, 0
}

// Reserve takes the next one, however far off it is: it may be used from when on, which is now or later.
func (r Rate) Reserve(made, now time.Time) (when, then time.Time) {
	if made.Before(now) {
		made = now
	}
	if when = made.Add(-r.room()); when.Before(now) {
		when = now
	}
	return when, made.Add(r.Every)
}

// room is how far ahead of the present what is taken may be while one more still fits.
func (r Rate) room() time.Duration { return time.Duration(r.Burst-1) * r.Every }

// Latest is the last moment that may be remembered while one more still fits.
func (r Rate) Latest(now time.Time) time.Time { return now.Add(r.room()) }

// NetworkOf names the network that an address belongs to, with or without a port behind it: an IPv4 address by
// itself, of an IPv6 address its first 64 bits, for that is what one connection gets. What is no address has no
// network, and the name is empty.
func NetworkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		withPort, err := netip.ParseAddrPort(address)
		if err != nil {
			return ""
		}
		ip = withPort.Addr()
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	prefix, _ := ip.Prefix(64) // every IPv6 address has one
	return prefix.String()
}

// Network names a network for one day in Amsterdam: with another salt each day, so that nothing that is left of
// it can be laid beside another day's.
func (i *Identity) Network(network string, now time.Time) string {
	salt := keyed(i.network, now.In(Amsterdam).Format(time.DateOnly))
	return base32Name(keyed(salt, network))
}
