import Store
import Values

extension Noun {
    /// Who works at the machines.
    package static let `operator`: Noun = {
        var noun = Noun(
            "operator", "Who works at the machines", coding: .series("OP-", digits: 4),
            [
                Field("name", Line.self, "--name NAME", "the full name", operand: "NAME", sorts: true).short(),
                Field("user", Line.self, "--user NAME", "the name with which they log in on this machine").unshared(),
                Field("email", Email.self, "--email ADDRESS", "the email address", wide: true),
                Field("phone", Phone.self, "--phone NUMBER", "the telephone number", wide: true),
                Field("active", Bool.self, "--active yes|no", "whether they still work here", wide: true, filters: true).unshared(),
                Field("notes", String.self, "--notes TEXT", "internal notes", wide: true), .runs(of: "operator"),
            ])
        noun.identity = ["name"]
        noun.distinct = [
            Distinct("operator", ["name"], "an operator with this name"), Distinct("operator", ["user"], "an operator with this user"),
        ]
        noun.insteadOfRemoval = "edit CODE --active no"
        noun.live = Live(leavingOut: "who does not work here any more", unless: "active") { _ in "operator.active" }
        noun.examples = ["add": ["laseros operator add 'Lebo Mokoena' --user lebo"]]
        return noun
    }()
}
