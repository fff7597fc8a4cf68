using System.Data.Common;
using JubileeVerse.Errors;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage;

/// <summary>
/// Keeps the store's exceptions inside the silo. A gateway knows neither the driver's types nor ours: there such an exception cannot be read,
/// and a passing outage is taken for a fault. What they say names servers and tables, which is for the log alone.
/// </summary>
/// <remarks>A stale writer stays one among grains, who load again and decide anew; only a client is told to come again.</remarks>
internal sealed partial class StoreFaultFilter(ILogger<StoreFaultFilter> logger) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception exception) when (IsPassing(exception, context))
        {
            LogLost(exception, context.TargetId, context.MethodName);
            throw new JubileeException(ErrorCode.Unavailable, "The store is out of reach; try again.");
        }
        catch (DbException exception)
        {
            LogFailed(exception, context.TargetId, context.MethodName);
            throw new JubileeException(ErrorCode.Internal, "The store refused a statement.");
        }
    }

    private static bool IsPassing(Exception exception, IIncomingGrainCallContext context) => exception switch
    {
        StoreUnavailableException => true,
        DbException fault => StoreFaults.IsLost(fault),
        StaleWriterException => context.SourceId?.IsClient() ?? true,
        _ => false,
    };

    // Warning: the caller waits it out; the batcher and readiness tell of an outage that lasts.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store did not answer {Grain} in {Method}.")]
    private partial void LogLost(Exception exception, GrainId grain, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store refused a statement of {Grain} in {Method}.")]
    private partial void LogFailed(Exception exception, GrainId grain, string method);
}
