using JubileeVerse.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

/// <summary>
/// Removes the rows of conversations that were deleted an hour ago: messages, replies, events, and the conversation when nothing is left
/// of it; a bounded number every five seconds. Every silo does; what one has removed the others do not find. Rows of jobs are the
/// queue's, which removes ended ones by itself.
/// </summary>
/// <remarks>
/// The hour is for runs that were under way when it was deleted: they find their reply's end in the store, and stop.
/// </remarks>
internal sealed partial class DeletedConversationSweeper(IWriteBatcher writes, TimeProvider time, ILogger<DeletedConversationSweeper> logger)
    : BackgroundService
{
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private const string DeleteEvents =
        """
        delete from channel_events where channel in (
            select 'conversation:' || id from conversations where deleted_at < @before order by deleted_at limit 10)
        """;

    private const string DeleteMessages =
        """
        delete from messages where id in (
            select m.id from messages m join conversations c on c.id = m.conversation_id where c.deleted_at < @before limit 2000)
        """;

    private const string DeleteReplies =
        """
        delete from replies where ended_at is not null and id in (
            select r.id from replies r join conversations c on c.id = r.conversation_id where c.deleted_at < @before limit 2000)
        """;

    private const string DeleteConversations =
        """
        delete from conversations where id in (
            select c.id from conversations c where c.deleted_at < @before
                and not exists (select 1 from messages m where m.conversation_id = c.id)
                and not exists (select 1 from replies r where r.conversation_id = c.id)
                and not exists (select 1 from channel_events e where e.channel = 'conversation:' || c.id)
            order by c.deleted_at limit 200)
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>One piece of each kind, each for itself: a conversation goes piece by piece, and last its own row.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = time.NowMs() - (long)Grace.TotalMilliseconds;
            foreach (var delete in (string[])[DeleteEvents, DeleteMessages, DeleteReplies, DeleteConversations])
                await writes.CommitAsync(new WriteUnit(new Statement(delete, ("before", before))), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rows of deleted conversations could not be removed; the next round tries again.")]
    private partial void LogFailed(Exception exception);
}
