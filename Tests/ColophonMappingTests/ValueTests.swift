import Foundation
import Testing

@testable import ColophonMapping

@Suite struct ValueTests {
    @Test(
        arguments: [
            ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("Rp 6.563.562,30", "6563562.3"), ("$ -4.11", "-4.11"), ("(9.32)", "-9.32"),
            ("9,32-", "-9.32"),
            ("EUR 12", "12"), ("12 €", "12"), ("1'234.50", "1234.5"), ("1 234,56", "1234.56"), ("Rp. 1.000,-", "1000"), ("0,75", "0.75"),
            ("12,34,567.00", "1234567"),
            ("+5", "5"), ("R$ 10,00", "10"),
        ])
    func `numbers are read as people write them`(text: String, number: String) {
        for separator in [NumberReader.Separator.point, .comma] {
            #expect(NumberReader(separator, words: []).number(text).map(DecimalText.plain) == number)
        }
    }

    @Test func `one group of three digits is what the document's other numbers say`() {
        #expect(NumberReader(.auto, words: ["1,50", "2,25"]).number("1.500") == 1500)
        #expect(NumberReader(.auto, words: ["1.50", "2.25"]).number("1.500") == 1.5)
        #expect(NumberReader(.auto, words: ["25.000", "75.000"]).number("75.000") == 75000)
        #expect(NumberReader(.auto, words: ["25.000", "1.500.000"]).number("0.500") == 0.5)
        #expect(
            NumberReader(.point, words: []).number("33.333333333333336").map(DecimalText.plain)
                == "33.333333333333336".prefix(18).description)
        #expect(NumberReader(.auto, words: ["1.50", "28.11.2022", "10.000.000"]).number("1,500") == 1500)
    }

    @Test(arguments: [
        "", "a", "1.2.3", "12-34", "1,23,4", "1..2", "12%", "1234567890123456", "--1", "€", "1.234.56", "28/11/2022", "DE123456789",
        "INV2025",
    ])
    func `what is no number is none`(text: String) {
        #expect(NumberReader(.point, words: []).number(text) == nil)
    }

    @Test(
        arguments: [
            ("2024-03-05", "2024-03-05"), ("05/03/24", "2024-03-05"), ("5. März 2024", "2024-03-05"), ("March 5, 2024", "2024-03-05"),
            ("20240305", "2024-03-05"), ("5 de novembro de 2022", "2022-11-05"), ("19 april 2014", "2014-04-19"),
            ("August 3 , 2014", "2014-08-03"),
            ("17 Agustus 2023", "2023-08-17"), ("05-Des-2023", "2023-12-05"), ("1er août 2023", "2023-08-01"), ("28.11.99", "1999-11-28"),
            ("12/31/2023", "2023-12-31"), ("29/02/2024", "2024-02-29"), ("2025-Mar-14", "2025-03-14"), ("3 Nopember 2025", "2025-11-03"),
        ])
    func `days are read as people write them`(text: String, day: String) {
        #expect(DateReader(order: .dayFirst).date(text)?.description == day)
    }

    @Test(arguments: [
        "", "2024", "30/02/2024", "13/13/2024", "5 Nonember 2024", "1/2/3/4", "2024-00-01", "abc", "99999999", "1 2 2024 at 5",
    ])
    func `what is no day is none`(text: String) {
        #expect(DateReader(order: .dayFirst).date(text) == nil)
    }

    @Test func `which number is the month is the mapping's to say, unless only one can be`() {
        #expect(DateReader(order: .monthFirst).date("03/04/2024")?.description == "2024-03-04")
        #expect(DateReader(order: .dayFirst).date("03/04/2024")?.description == "2024-04-03")
        #expect(DateReader(order: .monthFirst).date("28/04/2024")?.description == "2024-04-28")
    }

    @Test func `a half goes away from zero, and decimals are as many as asked for`() {
        #expect(DecimalText.fixed(Decimal(string: "6016598.775")!, decimals: 2) == "6016598.78")
        #expect(DecimalText.fixed(Decimal(string: "-0.005")!, decimals: 2) == "-0.01")
        #expect(DecimalText.fixed(5, decimals: 2) == "5.00" && DecimalText.fixed(Decimal(string: "1.25")!, decimals: 0) == "1")
    }
}
