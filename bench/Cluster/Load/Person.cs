using System.Net;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A guest with one conversation, who asks, listens to the end, thinks for a while, and asks again.</summary>
internal sealed class Person : IDisposable
{
    private readonly string _run;
    private readonly int _number;
    private readonly LoadLog _log;
    private readonly List<Turn> _turns = [];
    private readonly ReplyListener _listener;

    private Person(string run, int number, PersistentClient client, string conversationId, LoadLog log)
    {
        (_run, _number, Client, ConversationId, _log) = (run, number, client, conversationId, log);
        _listener = new ReplyListener(client, log);
    }

    public PersistentClient Client { get; }

    public string ConversationId { get; }

    /// <summary>Oldest first. Read it when the person has stopped.</summary>
    public IReadOnlyList<Turn> Turns => _turns;

    public static async Task<Person> ArriveAsync(
        string run, int number, Func<IReadOnlyList<Uri>> gateways, LoadLog log, CancellationToken cancellationToken)
    {
        var choice = new GatewayChoice(gateways, number);
        var api = await ApiClient.SignInAsGuestAsync(() => choice.Current, cancellationToken);
        var conversation = await api.StartConversationAsync(cancellationToken);
        return new Person(run, number, new PersistentClient(api, choice, log), conversation, log);
    }

    /// <summary>Until told to stop asking; what is open then is listened to, until there is no more time for that either.</summary>
    public async Task TalkAsync(TimeSpan pause, CancellationToken stopAsking, CancellationToken giveUp)
    {
        try
        {
            // Not all at once, or the load would come in waves.
            await PauseAsync(pause * Random.Shared.NextDouble(), stopAsking);
            while (!stopAsking.IsCancellationRequested)
            {
                await TakeTurnAsync(giveUp);
                await PauseAsync(pause * (0.5 + Random.Shared.NextDouble()), stopAsking);
            }
        }
        catch (OperationCanceledException) when (stopAsking.IsCancellationRequested)
        {
            // Whatever has not ended by now is found in the account.
        }
        finally
        {
            // An open turn has been silent until now.
            if (_turns.LastOrDefault() is { Accepted: not null, EndedAt: null } open)
                open.Hear(_log.Clock.Now);
        }
    }

    /// <summary>Asks once, without listening.</summary>
    public async Task<Turn> AskAsync(CancellationToken cancellationToken)
    {
        var turn = new Turn(QuestionMark.Of(_run, _number, _turns.Count), _log.Clock.Now);
        _turns.Add(turn);
        var answer = await Client.AskAsync(
            "post", (api, token) => api.PostAsync(ConversationId, turn.Content, token, turn.ClientMessageId), cancellationToken);
        if (answer?.Status is HttpStatusCode.Accepted or HttpStatusCode.OK)
        {
            turn.Accepted = answer.Read<PostedTurn>();
        }
        else
        {
            turn.HasGivenUp = true;
            if (answer is not null)
                await Client.FailAsync("post", $"{(int)answer.Status}", null, cancellationToken);
        }

        return turn;
    }

    public Task ListenAsync(Turn turn, CancellationToken cancellationToken) => _listener.ListenAsync(turn, cancellationToken);

    public void Dispose() => Client.Api.Dispose();

    private async Task TakeTurnAsync(CancellationToken giveUp)
    {
        var turn = await AskAsync(giveUp);
        if (turn.Accepted is not null)
            await ListenAsync(turn, giveUp);
    }

    private static Task PauseAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Delay(duration, TimeProvider.System, cancellationToken);
}
