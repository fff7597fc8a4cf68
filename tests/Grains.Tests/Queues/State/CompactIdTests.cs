using CsCheck;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class CompactIdTests
{
    private const string Uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

    [Theory]
    [InlineData(Uuid)]
    [InlineData("01890A5D-AC96-774B-BCCE-B302099A8057")]
    [InlineData("01890a5dac96774bbcceb302099a8057")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("mail-17")]
    [InlineData("")]
    public void ToString_AnyText_ReturnsTheOriginalText(string text) => Assert.Equal(text, CompactId.From(text).ToString());

    [Fact]
    public void Equals_UpperCaseUuid_IsFalse() => Assert.NotEqual(CompactId.From(Uuid), CompactId.From(Uuid.ToUpperInvariant()));

    [Fact]
    public void IsNone_NullOrText_IsTrueForNullOnly()
    {
        Assert.True(CompactId.From((string?)null).IsNone);
        Assert.False(CompactId.From("").IsNone);
        Assert.False(CompactId.From(Guid.Empty.ToString()).IsNone);
    }

    /// <summary>The two halves of each 64-bit part XOR to the same value in every id.</summary>
    [Fact]
    public void GetHashCode_UuidsThatFoldAlike_Differ()
    {
        var hashes = Enumerable.Range(1, 1_000)
            .Select(i => CompactId.From($"{i:x8}-{i >> 16:x4}-{i & 0xffff:x4}-0000-000000000000").GetHashCode());

        Assert.True(hashes.Distinct().Count() > 990);
    }

    [Fact]
    public void CompareTo_Uuids_OrderAsTheirTexts() =>
        Gen.Select(Gen.Guid, Gen.Guid).Sample((left, right) =>
            Math.Sign(CompactId.From(left.ToString()).CompareTo(CompactId.From(right.ToString())))
            == Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())));

    [Fact]
    public void Equals_AnyTwoTexts_AgreesWithTheTexts() =>
        Gen.Select(Gen.String[0, 2], Gen.String[0, 2]).Sample((left, right) =>
        {
            Assert.Equal(left == right, CompactId.From(left).Equals(CompactId.From(right)));
            if (left == right) Assert.Equal(CompactId.From(left).GetHashCode(), CompactId.From(right).GetHashCode());
            Assert.Equal(left == right, CompactId.From(left).CompareTo(CompactId.From(right)) == 0);
        });
}
