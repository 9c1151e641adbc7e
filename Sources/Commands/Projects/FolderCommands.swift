import Console
import Shop
import Values

private let place = Operand<String>("DIR", "a folder, or a zip, tar or tar.gz of one", from: .files)
private let client = Option<Line>("-c, --client CODE", "whose jobs they are, if no folder is named by the client", from: .codes("client"))
private let dates = Option<DateOrder>("--dates dmy|mdy", "how dates like 02.09.2025 are read, if no other in the tree tells")

let importFolderCommand = writes(
    "project import-folder", "Make projects from a customer's folders", [place, client, dates], permission: .jobs,
    about: """
        The tree is `CL-0001/1.Projects/0001-Gate hinges-14.09.2025/...`, from any of these levels on; with `--client` it is the folder
        of one client, or of one job. Each folder of a job becomes a project with its name and date. Its files are attached, in name
        order, with those in folders below: documents are typed by a word of their names, and each drawing becomes a part with the
        material, thickness and quantity that its name and folders say. A DXF and its LightBurn twin are one part. A project gets the
        material and thickness that all its drawings have.

        `--dry-run` lists what each file is taken for, and stores nothing; as CSV and JSON it prints each changed field, as elsewhere.

        A date that could be read in two ways is refused, unless another folder has a day above 12, or `--dates` or the setting `date_order` decides.

        The same tree again adds nothing twice: a project is known by its client and the name of the folder, which its description keeps.
        Files that such a project lacks are added. Of two files with one name in a job, the second gets the name of its folder in brackets.
        Hidden files, links, types that `file_types` does not allow and what is outside of the folders of jobs are left out with a note.
        """,
    examples: ["laseros project import-folder profiles --dates dmy"], answer: ImportedFile.headings,
    prepare: { call, shop in
        let typed = try call[place], owner = try call[client].map { try shop.find(.client, $0.text) }
        return try shop.plan(foldersIn: .init(typed: typed, path: call.environment.path(typed)), of: owner, call[dates])
    }, contents: \.contents
) { call, shop, plan in
    let done = try shop.take(plan), listing = Listing(done.rows, ImportedFile.columns)
    return Output.done(done.sentence, all: listing).previewing(listing).noting(plan.notes + done.notes)
}
