// Commands for the shop as a whole: creation and upgrade (`Init`, `SetupCommands`), what is lacking (`Doctor`), settings (`Config`), history (`HistoryCommands`,
// `LogPrune`), stored files, saved filters, and the log of failed runs.
