// How a command of laseros gets at its shop, and what the commands of all nouns share.
//
// `Table` lists the nouns and the commands beside them. `reads`, `writes` and `acts` (`Access`) open the shop by the `ShopSession`, and
// hand a command its `Call` and its shop; a change is made through `Shop.change`, a dry run of it the same way. `Verbs` makes add, list,
// show, edit, remove, import and export of a noun, `ChildVerbs` those of its child rows, `MoveVerbs` those of its states.
// `RecordSelection` finds the things that a call is about, from codes, from a pipe or from a filter.
