// What is in stock, what it is worth, and what jobs will take of it.
//
// An item (`inv`) is what is counted; a lot (`lot`) is a delivery of its sheets, or a remnant, which is no sheet and belongs to no item.
// Every change of what is on hand is a `Movement`, which `Shop.record` stores; triggers add them up in `aux_inv` and `aux_lot`. What each
// movement is worth depends on those before it: `Valuation` replays the movements of one account (an item without its lots, or a lot) from
// a day on and keeps the result in `aux_movement`, so that the stock and its value on any day are those after the last movement until then.
// A `Reservation` puts something aside for a project and is no movement.
