/** Clicks play and waits until playback has advanced. Throws when it does not. */
export async function hear(audio, press) {
  await press();
  const heard = () => audio.evaluate((one) => ({ at: one.currentTime, paused: one.paused, why: one.error?.message }));
  for (let tries = 0; tries < 100; tries++) {
    const { at, why } = await heard();
    if (why) throw new Error(why);
    if (at > 0.3) return at;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing is heard: ${JSON.stringify(await heard())}`);
}
