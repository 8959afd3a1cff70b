package people

import (
	"context"

	"thaw/app/fault"
)

// Confirm refuses whoever does not know the password of the account, where it has one,
// before something that cannot be taken back lightly. The errors are fault.Invalid, with the
// text wrong at the field, and fault.Limited.
func (d *Desk) Confirm(ctx context.Context, who Person, password, address, wrong string) error {
	account, err := d.Store.AccountOf(ctx, who.ID)
	if err != nil || account.Password == "" {
		return err
	}
	at := passwordDoor(Fold(account.Name), address)
	return d.proves(ctx, account, password, at, fault.Field{Name: "password", Key: wrong})
}

// TookBackup writes into the audit that somebody has taken a copy of everything.
func (d *Desk) TookBackup(ctx context.Context, who Person) error {
	return d.Store.Audit(ctx, d.act(who, actCopy, 0))
}
