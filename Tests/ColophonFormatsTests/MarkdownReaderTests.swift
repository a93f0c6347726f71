import ColophonFormats
import DoclingDocument
import Testing

@Suite struct MarkdownReaderTests {
    private func read(_ markdown: String) throws -> DoclingDocument {
        let document = try MarkdownReader.document(from: markdown, name: "note")
        #expect(try DoclingDocument(json: document.jsonBytes()) == document)
        return document
    }

    @Test func `headings are titles and section headers`() throws {
        let note = try read("# One #\n\nTwo\n===\n\n### Deep *er*\nthree\nlines\n---\n#no\n####### no")
        #expect(note.outline == "title: One\ntitle: Two\nsection_header2: Deep er\nsection_header1: three lines\ntext: #no ####### no")
    }

    @Test func `bare addresses are links, without what ends their sentence`() throws {
        let note = try read("See https://example.org/a_(b). And (http://example.org), [c](d) xhttps://no.")
        #expect(note.texts.compactMap(\.hyperlink) == ["https://example.org/a_(b)", "http://example.org", "d"])
    }

    @Test func `code beside code stays apart, and items of lists alone are no items`() throws {
        #expect(try read("`a` `b`").texts.filter { $0.label == .code || $0.text == "a" || $0.text == "b" }.map(\.text) == ["a", "b"])
        #expect(try read("- - a\n- b").texts.map(\.text) == ["a", "b"])
    }

    @Test func `front matter is skipped`() throws {
        #expect(try read("---\ntitle: x\na: [b]\n---\ntext").outline == "text: text")
        #expect(try read("---\n\ntext").outline == "text: text")
    }

    @Test func `marks set runs apart`() throws {
        let note = try read("Foo *a* **b** ***c*** ~~d~~ `e  f`\\*\n\n**all**\n\n**a*b**c* 2*3*4 snake_case_word")
        #expect(
            note.outline == """
                <group>
                  text: Foo
                  text i: a
                  text b: b
                  text b i: c
                  text s: d
                  code: e  f
                  text: *
                text b: all
                <group>
                  text b: a*b
                  text: c* 2
                  text i: 3
                  text: 4 snake_case_word
                """)
    }

    @Test func `links have their targets, also those defined elsewhere`() throws {
        let note = try read(
            """
            [a *b*](</x y> "t") [c][Ref] [ref] [none] <http://h> <m@n.o> [d](u\\)(v)) [[e](f)](g)

            [REF]: /r&amp;s 'title'
            [other]: <o>
            """)
        #expect(
            note.outline
                == """
                <group>
                  text @/x y: a
                  text i @/x y: b
                  text @/r&s: c
                  text @/r&s: ref
                  text: [none]
                  text @http://h: http://h
                  text @mailto:m@n.o: m@n.o
                  text @u)(v): d
                  text: [
                  text @f: e
                  text: ](g)
                """.replacing("  text @/r&s: c\n  text @/r&s: ref", with: "  text @/r&s: c ref"))
    }

    @Test func `lists nest, number and hold blocks`() throws {
        let note = try read(
            """
            3. a
            4. b

               more

               ```sh
               code
               ```
            - x
              - y
                * z
            - [ ] task
            + other
            """)
        #expect(
            note.outline == """
                <list>
                  list_item 3.: a
                  list_item 4.: b
                    text: more
                    code Bash: code
                <list>
                  list_item: x
                    <list>
                      list_item: y
                        <list>
                          list_item: z
                  list_item: [ ] task
                <list>
                  list_item: other
                """)
    }

    @Test func `code is kept as it is`() throws {
        let note = try read("~~~ swift title\nlet x = `1`\n\n  <b>\n~~~\n\n\tindented\n\n\t  more\n\ntext\n```\nopen")
        #expect(note.outline == "code Swift: let x = `1`⏎⏎  <b>\ncode: indented⏎⏎  more\ntext: text\ncode: open")
    }

    @Test func `quotes hold blocks and go on without their marks`() throws {
        #expect(try read("> a\nb\n> > c\n\n> - d\n").outline == "text: a b\ntext: c\n<list>\n  list_item: d")
    }

    @Test func `tables have a header, escaped bars and code`() throws {
        let note = try read("before\n\n| **A** | b\\|c |\n|:--|--:|\n| `x` | y | z |\n| only |\n\nafter")
        #expect(note.firstTable == "=A|=b|c\nx|y\nonly|")
        #expect(note.tables[0].data.columnCount == 2)
        #expect(try read("line\na | b\n-- | --\n1 | 2\n# h").outline == "text: line\ntable 2x2\ntitle: h")
        #expect(try read("a | b\n---\n").outline == "section_header1: a | b")
    }

    @Test func `pictures have captions`() throws {
        let note = try read("![an *alt*](p.png \"title\")\n\ntext [![badge](b)](l) on\n\n![](x 'only title')")
        #expect(note.outline == "picture\n  caption: an alt\ntext: text on\npicture\n  caption @l: badge\npicture\n  caption: only title")
    }

    @Test func `HTML is read as HTML`() throws {
        let note = try read(
            "<div>\n<p align=center>A <b>b</b></p>\n</div>\n\nH<sub>2</sub>O<br>x <!-- c --> &copy;\n\n<details>\n<summary>S</summary>\n\n**in**"
        )
        #expect(
            note.outline == """
                <group>
                  text: A
                  text b: b
                <group>
                  text: H
                  text sub: 2
                  text: O⏎x ©
                <details>
                  text: S
                text b: in
                """)
    }

    @Test func `breaks end lines`() throws {
        #expect(try read("a  \nb\\\nc\nd\n***\ne").outline == "text: a⏎b⏎c d\ntext: e")
    }

    @Test func `a page goes through the document and comes out the same`() throws {
        let page = """
            # Title

            Some *slanted* and **bold** words with [a link](https://example.org) .

            ## Section

            1. one
            2. two

            - a
                - b
            - `c`

            ```
            let x = 1
            ```

            | Name | Size |
            | - | - |
            | a | 1 |
            """
        let once = try read(page).markdown()
        #expect(try read(once).markdown() == once)
        #expect(once.contains("*slanted*") && once.contains("**bold**") && once.contains("[a link](https://example.org"))
        #expect(once.contains("    - b"))
    }
}
