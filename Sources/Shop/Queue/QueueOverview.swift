// What is to be done: the queue.
//
// A project that is queued gets an entry for each operation on the parts that share material and thickness (`QueueWork` says which,
// `Shop.enqueue` writes them). An entry waits for the entries of lower levels that make its parts. `queue start` opens a run (see `Runs`),
// `queue finish` closes it with what was made of each part; what is left of an entry follows from these rows alone (`QueueFigures`), so that
// undone and corrected runs need no bookkeeping: `Shop.settleQueue` moves entries between queued and done by it, and the project with them.
// A scanner's line (`Scanner`) starts, continues or finishes an entry.
// The order is a text in `aux_queue`, kept by triggers: the rank by hand, else priority, promised day and the moment of adding.
