package mdt

import "slices"

// Round names the way of one seat past those who wait for it: from the moment at which it comes free until
// somebody takes it, or until it has been offered to everybody once and anyone may take it. A later round has
// the higher number. A round below zero is that of a seat which had passed everybody in line before somebody
// came for whom, with those along, it was too little: it goes to them, and to those behind them.
type Round int64

// Way is how far a seat has come in its round: At is the spot that it was offered to last. The zero Way is that
// of a seat whose round begins. A seat goes on to those behind that spot, from the front, and then to those in
// front of it whom it has not passed: they asked for no offers then, or held another.
type Way struct {
	Round Round
	At    Spot
}

// perTurn is more rounds than can begin in one act, and more people than one form can bring.
const perTurn = 1000

// roundOf names the nth round that begins in an act on a line; the turn of the line rises with each of them.
func roundOf(turn int64, nth int) Round { return Round((turn+1)*perTurn + int64(nth)) }

// lateRound names the round of the nth seat that was left when somebody with that place in line came.
func lateRound(number int64, nth int) Round { return -Round(number*perTurn + int64(nth)) }

// maxRounds bounds what a spot remembers: of a seat that was offered so many offers ago the round is over.
const maxRounds = 50

// Had says whether a seat has passed this spot in its round.
func (s Spot) Had(r Round) bool {
	return r < 0 && s.Number < int64(-r)/perTurn || slices.Contains(s.Rounds, r)
}

// with is the list with one round more.
func with(rounds []Round, r Round) []Round {
	rounds = append(slices.Clip(rounds), r)
	return rounds[max(0, len(rounds)-maxRounds):]
}
