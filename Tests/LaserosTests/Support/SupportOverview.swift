// What the tests of the whole program share.
//
// A `Workshop` is a temporary folder with a shop in it: `run` runs a command in this process, `Subprocess` as a process of its own.
// `ExampleShop` runs the examples of the table of commands in the order that they need, and hands out copies of the shop that comes of it.
// A `Transcript` is a file of commands with their answers. `ShopState` compares two shops, `SQLWatch` counts statements, `Multiplied`
// makes a shop large, `Tampering` changes one past laseros, and `Pallet` is a noun that only the tests know.
