using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Management;
using JubileeVerse.Silo;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddClusterSilo();

var app = builder.Build();
app.UseManagement();
await app.RunUntilStoppedAsync();
