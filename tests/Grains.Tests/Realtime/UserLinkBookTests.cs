using CsCheck;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;
using static JubileeVerse.Grains.Tests.Realtime.UserLinks;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class UserLinkBookTests
{
    private static readonly FakeTimeProvider Time = new();
    private static readonly GatewayId[] Gateways = [GatewayId.New(Time), GatewayId.New(Time), GatewayId.New(Time)];

    private static readonly Gen<Saying[]> Sayings = Gen
        .Select(Gen.Int[0, 2], Gen.Int[0, 6], Gen.Bool, (gateway, links, isDetach) => new Saying(gateway, links, isDetach))
        .Array[0, 40];

    private readonly UserLinkBook _book = new();

    /// <summary>Generations rise in the order in which things are said; calls arrive in any.</summary>
    [Fact]
    public void Links_WhatIsSaidArrivesInAnyOrder_AreWhatEachGatewaySaidLast() => Gen.Select(Sayings, Gen.Int).Sample((sayings, seed) =>
    {
        var book = new UserLinkBook();
        var said = sayings.Select((saying, i) => (saying, Generation: (long)i)).ToArray();
        var arriving = said.ToArray();
        new Random(seed).Shuffle(arriving);

        foreach (var (saying, generation) in arriving)
            saying.Apply(book, generation);
        // Some calls are repeated.
        foreach (var (saying, generation) in arriving.Take(5))
            saying.Apply(book, generation);

        var expected = said.GroupBy(one => one.saying.Gateway).SelectMany(of => of.MaxBy(one => one.Generation).saying.LinkIds);
        Assert.Equal(expected.Order(StringComparer.Ordinal), book.Links.Select(held => held.Link.Id).Order(StringComparer.Ordinal));
        Assert.Equal(book.Links.Length, book.Count);
    }, iter: 500);

    [Fact]
    public void Beyond_TooMany_AreTheOldestWhereverTheyAre()
    {
        _book.Attach(Gateways[0], 1, [Link("third", 3), Link("first", 1)]);
        _book.Attach(Gateways[1], 1, [Link("second", 2), Link("fourth", 4)]);

        Assert.Empty(_book.Beyond(4));
        Assert.Equal([(Gateways[0], "first"), (Gateways[1], "second")], _book.Beyond(2).Select(held => (held.Gateway, held.Link.Id)));
    }

    [Fact]
    public void Beyond_ThoseThatCameAtOnce_AreTheSameEachTime()
    {
        _book.Attach(Gateways[1], 1, Links("b", "d"));
        _book.Attach(Gateways[0], 1, Links("c", "a"));

        Assert.Equal(["a", "b"], _book.Beyond(2).Select(held => held.Link.Id));
    }

    [Fact]
    public void Attach_OfAGatewayThatHasDetachedSince_BringsNothingBack()
    {
        _book.Detach(Gateways[0], 7);

        Assert.False(_book.Attach(Gateways[0], 6, Links("a")));
        Assert.Empty(_book.Links);
    }

    [Fact]
    public void Lose_TakesItsLinksAndNoOthers()
    {
        _book.Attach(Gateways[0], 1, Links("a"));
        _book.Attach(Gateways[1], 1, Links("b"));

        Assert.True(_book.Lose(Gateways[0]));
        Assert.False(_book.Lose(Gateways[0]));
        Assert.Equal(["b"], _book.Links.Select(held => held.Link.Id));
    }

    [Fact]
    public void Attach_MoreGatewaysThanAreRemembered_ForgetsThoseWithoutLinks()
    {
        _book.Attach(Gateways[0], 2, Links("a"));
        _book.Detach(Gateways[2], 2);
        for (var i = 0; i < UserLinkBook.MaxGateways; i++)
            _book.Detach(GatewayId.New(Time), 2);

        Assert.False(_book.Attach(Gateways[0], 1, []));
        Assert.True(_book.Attach(Gateways[2], 1, []));
        Assert.Equal(1, _book.Count);
    }

    private sealed record Saying(int Gateway, int Links, bool IsDetach)
    {
        public IEnumerable<string> LinkIds => IsDetach ? [] : Enumerable.Range(0, Links).Select(i => $"{Gateway}-{i}");

        public void Apply(UserLinkBook book, long generation)
        {
            if (IsDetach)
                book.Detach(Gateways[Gateway], generation);
            else
                book.Attach(Gateways[Gateway], generation, [.. LinkIds.Select(id => Link(id))]);
        }
    }
}
