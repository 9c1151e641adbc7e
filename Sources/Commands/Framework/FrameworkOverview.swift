// How commands open the shop, and what the commands of all nouns share.
//
// `Table` lists the nouns and the other commands. `reads`, `writes` and `acts` (`Access`) open the shop through the `ShopSession` and pass
// the `Call` and the shop to the command; changes and dry runs go through `Shop.change`. `Verbs` makes add, list, show, edit, remove,
// import and export for a noun, `ChildVerbs` the verbs of its child rows, `MoveVerbs` those of its states. `RecordSelection` finds the
// records of a call by codes, from standard input or by filters.
