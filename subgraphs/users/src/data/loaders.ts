import DataLoader from 'dataloader';
import type { Profile, Profiles } from './profiles.ts';

export type Loaders = { profile: DataLoader<string, Profile | null> };

/** Loaders of one request. */
export function createLoaders(profiles: Profiles): Loaders {
  return { profile: new DataLoader(async (userIds) => await profiles.findMany(userIds)) };
}
