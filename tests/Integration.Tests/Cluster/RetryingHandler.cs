using System.Net.Http.Headers;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// Repeats a request that failed or got no response at the next gateway until one accepts it. That is safe for reads, and for posts with a
/// client message id. Requests for streams are not repeated; their reader does that.
/// </summary>
/// <param name="moveOn">Moves the user to the next gateway and returns its address.</param>
internal sealed class RetryingHandler(Func<Uri> moveOn, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly MediaTypeWithQualityHeaderValue EventStream = new("text/event-stream");
    private static readonly TimeSpan RepeatPeriod = TimeSpan.FromMilliseconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Accept.Contains(EventStream))
            return await base.SendAsync(request, cancellationToken);

        using var timer = new PeriodicTimer(RepeatPeriod);
        while (true)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if ((int)response.StatusCode < 500)
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException)
            {
                // The server was not reachable, or the connection broke during the request.
            }

            await timer.WaitForNextTickAsync(cancellationToken);
            request.RequestUri = new Uri(moveOn(), request.RequestUri!.PathAndQuery);
        }
    }
}
