using System.Net;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A guest with one conversation, who repeatedly posts a message, reads the reply to its end and pauses.</summary>
internal sealed class SimulatedUser : IDisposable
{
    private readonly string _run;
    private readonly int _number;
    private readonly LoadLog _log;
    private readonly List<Turn> _turns = [];
    private readonly ReplyFollower _listener;

    private SimulatedUser(string run, int number, PersistentClient client, string conversationId, LoadLog log)
    {
        (_run, _number, Client, ConversationId, _log) = (run, number, client, conversationId, log);
        _listener = new ReplyFollower(client, log);
    }

    public PersistentClient Client { get; }

    public string ConversationId { get; }

    /// <summary>Oldest first. Must be read only after the user has stopped.</summary>
    public IReadOnlyList<Turn> Turns => _turns;

    public static async Task<SimulatedUser> SignInAsync(
        string run, int number, Func<IReadOnlyList<Uri>> gateways, LoadLog log, CancellationToken cancellationToken)
    {
        var choice = new GatewayChoice(gateways, number);
        var api = await ApiClient.SignInAsGuestAsync(() => choice.Current, cancellationToken);
        var conversation = await api.StartConversationAsync(cancellationToken);
        return new SimulatedUser(run, number, new PersistentClient(api, choice, log), conversation, log);
    }

    /// <summary>
    /// Posts until <paramref name="stopPosting"/> is cancelled, and reads the open reply to its end or until <paramref name="giveUp"/> is
    /// cancelled.
    /// </summary>
    public async Task RunAsync(TimeSpan pause, CancellationToken stopPosting, CancellationToken giveUp)
    {
        try
        {
            // A random initial delay, so that the load does not come in waves.
            await PauseAsync(pause * Random.Shared.NextDouble(), stopPosting);
            while (!stopPosting.IsCancellationRequested)
            {
                await TakeTurnAsync(giveUp);
                await PauseAsync(pause * (0.5 + Random.Shared.NextDouble()), stopPosting);
            }
        }
        catch (OperationCanceledException) when (stopPosting.IsCancellationRequested)
        {
            // A reply that has not ended is reported in the results.
        }
        finally
        {
            // The last gap of an open turn ends now.
            if (_turns.LastOrDefault() is { Accepted: not null, EndedAt: null } open)
                open.RecordFrame(_log.Clock.Now);
        }
    }

    /// <summary>Posts one message without reading its reply.</summary>
    public async Task<Turn> PostAsync(CancellationToken cancellationToken)
    {
        var turn = new Turn(MessageMark.Create(_run, _number, _turns.Count), _log.Clock.Now);
        _turns.Add(turn);
        var response = await Client.SendAsync(
            "post", (api, token) => api.PostAsync(ConversationId, turn.Content, token, turn.ClientMessageId), cancellationToken);
        if (response?.Status is HttpStatusCode.Accepted or HttpStatusCode.OK)
        {
            turn.Accepted = response.Read<PostedTurn>();
        }
        else
        {
            turn.HasGivenUp = true;
            if (response is not null)
                await Client.FailAsync("post", $"{(int)response.Status}", null, cancellationToken);
        }

        return turn;
    }

    public Task FollowAsync(Turn turn, CancellationToken cancellationToken) => _listener.FollowAsync(turn, cancellationToken);

    public void Dispose() => Client.Api.Dispose();

    private async Task TakeTurnAsync(CancellationToken giveUp)
    {
        var turn = await PostAsync(giveUp);
        if (turn.Accepted is not null)
            await FollowAsync(turn, giveUp);
    }

    private static Task PauseAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Delay(duration, TimeProvider.System, cancellationToken);
}
