import Console
import Shop
import Store
import Values

/// What the process runs its words in.
package func session(in environment: Environment) -> any CommandSession { ShopSession(environment) }

/// The session of laseros: the shop is opened once, for whatever asks first, and all that the run does has the one connection.
class ShopSession: CommandSession, @unchecked Sendable {
    // Only the thread that runs the words has it.
    let environment: Environment
    private let nouns: Nouns
    private var opened: (name: String?, shop: Shop)?
    private var held: Shop?

    init(_ environment: Environment, of nouns: Nouns = .ofTable) { (self.environment, self.nouns) = (environment, nouns) }

    /// - Parameters:
    ///   - name: as `--shop` has it; nil where nothing was said.
    ///   - older: a shop of an older version will do: for its upgrade.
    /// - Throws: `store` when there is none, when it is not trusted, and when it cannot be opened.
    func shop(_ name: String?, _ mode: Database.Mode, older: Bool = false) throws -> Shop {
        if let held { return held }
        if let opened, opened.name == name {
            if mode == .writing { try opened.shop.allowWriting() }
            return opened.shop
        }
        let shop = try Shop(
            try folder(name), mode, clock: environment.clock, who: environment.user, nouns: nouns, older: older)
        opened = (name, shop)
        return shop
    }

    /// From here on there is no other shop: what follows is within a change of this one.
    func hold(_ shop: Shop) { held = shop }

    /// The shop's folder, without links in its path: SQLite follows none.
    /// - Throws: `store` when there is none, or when it is not trusted.
    private func folder(_ name: String?) throws -> String {
        let place = try shopPlace(name, in: environment)
        if let refusal = place.refusal(in: environment) { throw refusal }
        return place.folder
    }

    private func isNamed(_ name: String?) -> Bool { name != nil || !(environment.variables["LASEROS_SHOP"] ?? "").isEmpty }

    /// What the shop says, where there is one; nil where none was named and none is found that is trusted.
    @discardableResult
    func ifShop<Value>(_ name: String?, _ body: (Shop) throws -> Value) throws -> Value? {
        guard held != nil || isNamed(name) || (try? folder(name)) != nil else { return nil }
        let shop = try shop(name, .reading)
        return try shop.data.reading { try body(shop) }
    }

    /// Why the shop that was found is left aside by what can do without; empty where none is.
    func leftAside(_ name: String?) -> [String] {
        guard held == nil, !isNamed(name), let refusal = (try? shopPlace(nil, in: environment))?.refusal(in: environment) else { return [] }
        return ["without the shop: \(refusal.message)"] + (refusal.hint.map { ["hint: \($0)"] } ?? [])
    }

    func today(in shop: String?) throws -> Day {
        if held != nil || (try? folder(shop)) != nil { return try self.shop(shop, .reading).today() }
        let zone = try Zone(named: Settings.timeZone.initial.text)
        return environment.clock.day(offset: zone.offset(at: environment.clock))
    }

    func aliases(in shop: String?) -> [String: String] {
        guard let stored = try? self.shop(shop, .reading).storedSettings() else { return [:] }
        return Alias.all(in: stored)
    }

    func folder(of shop: String?) -> String? { try? folder(shop) }

    func codes(of noun: String, in shop: String?) -> [Coded] {
        (try? ifShop(shop) { shop in try shop.codes(of: try shop.noun(noun)) }) ?? []
    }

    func decimalMark(in shop: String?) -> DecimalMark {
        (try? ifShop(shop) { try $0.setting(Settings.decimal) }) ?? Settings.decimal.initial
    }

    /// Whoever can open the data file may do all that the file system lets them: there are no roles.
    func demand(_ permission: Permission, for command: String) throws {}
}

extension Call {
    /// Every run of laseros has such a session.
    var shopSession: ShopSession {
        guard let session = session as? ShopSession else { preconditionFailure("a call of laseros without its session") }
        return session
    }
}

/// Opens the shop that a call is about.
func openShop(_ call: Call, _ mode: Database.Mode) throws -> Shop { try call.shopSession.shop(call.shopName, mode) }

/// What the shop says, where there is one; nil where none was named and none is found that is trusted.
@discardableResult
func withShop<Value>(_ call: Call, _ body: (Shop) throws -> Value) throws -> Value? { try call.shopSession.ifShop(call.shopName, body) }
