using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

[GrainType("upgrade-letter")]
internal sealed class LetterGrain : Grain, ILetterGrain
{
    public Task<Letter> SendAsync(Letter letter) => Task.FromResult(letter with
    {
        Text = $"{letter.Text}, seal {letter.Seal ?? "none"}, stamp {letter.Stamp?.Cents ?? 0}",
        Kind = LetterKind.Urgent,
        Seal = "red",
        Stamp = new Stamp(80),
    });

    public Task SendBatchAsync(IGatewayObserver gateway) => gateway.DeliverAsync(new GatewayBatch(
        "new",
        1,
        1,
        FramesDropped: false,
        [Batch.Channel],
        [Batch.Started, new ReplyThought(Batch.Channel, Batch.ReplyId, "Hm."), Batch.Text]));

    public Task<int> CountAsync() => Task.FromResult(1);
}
