// Commands about the shop as a whole: it is made and upgraded (`Init`, `SetupCommands`), its settings (`Config`), its history
// (`HistoryCommands`, `LogPrune`), stored files, saved filters, and runs that failed.
